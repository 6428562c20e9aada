import { company } from '../company';
import { ExportCalendar } from '../billing/calendar';
import { UsageModel } from '../billing/usage';

/** What a component counts, day by day. */
type Metric = {
  component: string;
  metric: 'requests' | 'orders';
  /** Days on which nobody counted, relative to the end date. */
  notCounted?: readonly number[];
};

/** The components that count what they do. */
const metrics: readonly Metric[] = [
  { component: 'storefront-bff', metric: 'requests' },
  { component: 'product-search', metric: 'requests' },
  { component: 'price-engine', metric: 'requests' },
  { component: 'basket-api', metric: 'requests' },
  { component: 'checkout-api', metric: 'requests' },
  { component: 'payments-api', metric: 'requests' },
  { component: 'carrier-gateway', metric: 'requests' },
  { component: 'campaign-hooks', metric: 'requests' },
  // Its counter was down for three days.
  {
    component: 'notification-sender',
    metric: 'requests',
    notCounted: [-17, -16, -15],
  },
  // Nobody calls it any more.
  { component: 'legacy-importer', metric: 'requests' },
  { component: 'order-intake', metric: 'orders' },
];

const requestSkus: readonly string[] = [
  'lambdaRequests',
  'azureExecutions',
  'gcpInvocations',
];

/**
 * What customers asked of components each day, from the same model as the bill: requests in production, in both
 * regions. Stage and dev cost as well, but serve nobody.
 */
export function metricsCsv(options: {
  seed: number;
  calendar: ExportCalendar;
}): string {
  const { calendar } = options;
  const usage = UsageModel.create(options);
  const rows = metrics.flatMap(({ component, metric, notCounted = [] }) => {
    const entityRef = `component:default/${component}`;
    const series = company.resources
      .filter(
        resource =>
          resource.entityRef === entityRef && resource.environment === 'prod',
      )
      .flatMap(resource => usage.of(resource))
      .filter(({ sku }) => requestSkus.includes(sku));
    const skipped = new Set(notCounted.map(day => calendar.relative(day)));
    return Array.from({ length: calendar.days }, (_, day) => day)
      .filter(day => !skipped.has(day))
      .map(day => {
        const count = series.reduce(
          (sum, { quantities }) => sum + quantities[day],
          0,
        );
        return `${calendar.date(day)},${entityRef},${metric},${Math.round(
          count,
        )}`;
      });
  });
  return ['date,entity,metric,value', ...rows, ''].join('\n');
}
