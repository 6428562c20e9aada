import { NotFoundError } from '@backstage/errors';
import { Scenario } from './types';

const component = (name: string) => `component:default/${name}`;
const resource = (name: string) => `resource:default/${name}`;

const changes: readonly Scenario[] = [
  {
    id: 'memory-bump',
    title: 'More memory than needed after a deployment',
    kind: 'deployment',
    entityRef: component('payments-api'),
    resources: ['payments-api-prod'],
    period: { fromDay: -37 },
    size: 'Duration charges of the function × 1.8, for good',
    cause: 'Memory raised from 512 MB to 1024 MB to silence one alarm',
    evidence: 'Commit on day -37 in larkspur/payments-api, template.yaml',
    expected: 'finding',
    effects: [
      { resource: 'payments-api-prod', meters: ['duration'], factor: 1.8 },
    ],
  },
  {
    id: 'debug-logging',
    title: 'Debug logging left on',
    kind: 'misconfiguration',
    entityRef: component('product-search'),
    resources: ['/aws/lambda/product-search-prod'],
    period: { fromDay: -55 },
    size: 'Log ingestion × 7, for good',
    cause: 'LOG_LEVEL=debug was committed while a ranking bug was hunted',
    evidence:
      'Commit on day -55 in larkspur/shop, services/product-search/infra/main.tf',
    expected: 'finding',
    effects: [
      {
        resource: '/aws/lambda/product-search-prod',
        meters: ['ingestion'],
        factor: 7,
      },
    ],
  },
  {
    id: 'nat-egress',
    title: 'Traffic to S3 leaves through the NAT gateway',
    kind: 'network',
    entityRef: resource('shared-nat'),
    resources: ['shared-nat-prod'],
    period: { fromDay: -29 },
    size: 'Bytes through the gateway × 2.8, for good',
    cause: 'The S3 gateway endpoint was dropped from the route table',
    evidence:
      'Commit on day -29 in larkspur/infrastructure, stacks/network/main.tf',
    expected: 'finding',
    effects: [{ resource: 'shared-nat-prod', meters: ['bytes'], factor: 2.8 }],
  },
  {
    id: 'public-function-url',
    title: 'A function made public by hand',
    kind: 'console-change',
    entityRef: component('voucher-service'),
    resources: ['voucher-service-prod'],
    period: { fromDay: -12 },
    size: 'Requests and duration × 1.6 once crawlers found it, for good',
    cause: 'Function URL without authentication, made in the console',
    evidence:
      'CloudTrail CreateFunctionUrlConfig on day -12 by nora.haddad; not in code',
    expected: 'finding',
    effects: [
      {
        resource: 'voucher-service-prod',
        meters: ['requests', 'duration'],
        factor: 1.6,
      },
    ],
  },
];

const incidents: readonly Scenario[] = [
  {
    id: 'retry-storm',
    title: 'Retry storm against a carrier',
    kind: 'incident',
    entityRef: component('carrier-gateway'),
    resources: [
      'carrier-gateway-prod',
      '/aws/lambda/carrier-gateway-prod',
      'shipments-queue-prod',
    ],
    period: { fromDay: -21, toDay: -20 },
    size: 'Requests × 14, duration × 9, logs × 10 for two days',
    cause: 'The carrier answered 503; messages came back before they timed out',
    evidence: 'Throttles and errors of the function; carrier’s status page',
    expected: 'finding',
    effects: [
      { resource: 'carrier-gateway-prod', meters: ['requests'], factor: 14 },
      { resource: 'carrier-gateway-prod', meters: ['duration'], factor: 9 },
      {
        resource: '/aws/lambda/carrier-gateway-prod',
        meters: ['ingestion'],
        factor: 10,
      },
      { resource: 'shipments-queue-prod', meters: ['requests'], factor: 14 },
    ],
  },
  {
    id: 'idle-function',
    title: 'A function that nobody calls, kept warm',
    kind: 'idle',
    entityRef: component('legacy-importer'),
    resources: ['legacy-importer-prod'],
    period: { fromDay: -120 },
    size: 'No request since; provisioned concurrency is charged every day',
    cause: 'The old shop was switched off, its importer was not',
    evidence: 'No invocations in the bill; provisioned concurrency in code',
    expected: 'finding',
    effects: [
      {
        resource: 'legacy-importer-prod',
        meters: ['requests', 'duration'],
        factor: 0,
      },
      {
        resource: '/aws/lambda/legacy-importer-prod',
        meters: ['ingestion'],
        factor: 0,
      },
    ],
  },
  {
    id: 'campaign',
    title: 'Three days of an outdoor campaign',
    kind: 'season',
    entityRef: component('campaign-hooks'),
    resources: ['campaign-hooks-prod', 'storefront-bff-prod'],
    period: { fromDay: -75, toDay: -73 },
    size: 'Requests and duration × 3 and × 1.5 for three days',
    cause: 'Planned campaign',
    evidence: 'Campaign calendar of the marketing team',
    expected: 'nothing',
    effects: [
      {
        resource: 'campaign-hooks-prod',
        meters: ['requests', 'duration'],
        factor: 3,
      },
      {
        resource: 'storefront-bff-prod',
        meters: ['requests', 'duration'],
        factor: 1.5,
      },
    ],
  },
];

const seasons: readonly Scenario[] = [
  {
    id: 'black-friday',
    title: 'Black Friday week',
    kind: 'season',
    resources: [],
    calendar:
      'Monday before Black Friday to Cyber Monday, every year; × 2.2 on Friday and Monday, × 1.5 on the days between',
    size: 'Everything that serves customers',
    cause: 'The busiest week of the year',
    evidence: 'The same week a year before',
    expected: 'nothing',
    effects: [],
  },
  {
    id: 'month-end',
    title: 'Month-end close',
    kind: 'season',
    entityRef: component('month-end-close'),
    resources: ['month-end-close-prod', 'month-end-workflow-prod'],
    calendar: 'Last day and first day of every month',
    size: '× 40 against the days between',
    cause: 'The books are closed',
    evidence: 'Every month alike',
    expected: 'nothing',
    effects: [],
  },
  {
    id: 'archive-growth',
    title: 'The event archive grows',
    kind: 'growth',
    entityRef: resource('event-archive-bucket'),
    resources: ['larkspur-event-archive-prod'],
    calendar: 'Storage grows by 0.35 % a day',
    size: 'Storage charges about × 4 over the export',
    cause: 'Nothing is ever deleted',
    evidence: 'A straight line on a logarithmic scale',
    expected: 'finding',
    effects: [],
  },
];

const billing: readonly Scenario[] = [
  {
    id: 'dynamodb-price-cut',
    title: 'Cheaper request units',
    kind: 'price',
    resources: [],
    period: { fromDay: -200 },
    size: 'Price of DynamoDB on-demand request units halved',
    cause: 'AWS lowered the price',
    evidence: 'ListUnitPrice of the same SKU before and after',
    expected: 'nothing',
    effects: [],
  },
  {
    id: 'credits-exhausted',
    title: 'Promotional credits run out',
    kind: 'credit',
    resources: [],
    period: { fromDay: -90 },
    size: 'Credit of 48 USD a day ends; billed cost rises, usage does not',
    cause: 'The migration credit is used up',
    evidence: 'ChargeCategory Credit ends',
    expected: 'nothing',
    effects: [],
  },
  {
    id: 'savings-plan-expired',
    title: 'The savings plan ends',
    kind: 'commitment',
    resources: [],
    period: { fromDay: -60, toDay: -46 },
    size: 'Effective cost of covered functions rises by 12 % of the list price',
    cause: 'The one-year term ended and nobody renewed it',
    evidence: 'No covered usage and no purchase on these days',
    expected: 'finding',
    effects: [],
  },
  {
    id: 'savings-plan-oversized',
    title: 'The new savings plan is too large',
    kind: 'commitment',
    resources: [],
    period: { fromDay: -45 },
    size: 'About a fifth of the commitment is unused every day',
    cause: 'Bought by the figures of Black Friday week',
    evidence: 'CommitmentDiscountStatus Unused',
    expected: 'finding',
    effects: [],
  },
  {
    id: 'correction',
    title: 'A correction of an earlier month',
    kind: 'correction',
    entityRef: resource('shop-api'),
    resources: ['shop-api-prod'],
    period: { fromDay: -40, toDay: -40 },
    size: 'Minus 42.10 USD for a charge of day -75, billed in the period of day -40',
    cause: 'AWS had counted health checks as requests',
    evidence: 'ChargeClass Correction',
    expected: 'nothing',
    effects: [],
  },
  {
    id: 'restatement',
    title: 'A month is delivered again',
    kind: 'restatement',
    entityRef: resource('shared-nat'),
    resources: ['shared-nat-prod'],
    period: { fromDay: -36, toDay: -32 },
    size: 'From day -6 on these five days have 12 % fewer bytes',
    cause: 'The provider recounted traffic within one zone',
    evidence: 'Exports as of day -7 and day -6 differ in these rows',
    expected: 'nothing',
    effects: [],
  },
  {
    id: 'late-rows',
    title: 'Late rows',
    kind: 'late-data',
    resources: [],
    calendar:
      'AWS: one row in thirty comes two days late. Azure: every row comes two days late. Google Cloud: one day late',
    size: 'The last days of an export are incomplete',
    cause: 'Metering takes its time',
    evidence: 'Exports as of two following days differ',
    expected: 'nothing',
    effects: [],
  },
];

/** Everything that happens in the 400 days, as ground truth. */
export const scenarios: readonly Scenario[] = [
  ...changes,
  ...incidents,
  ...seasons,
  ...billing,
];

/** The scenario with that id; throws where there is none. */
export function scenarioWithId(id: string): Scenario & {
  period: { fromDay: number; toDay: number };
} {
  const found = scenarios.find(scenario => scenario.id === id);
  if (!found?.period) {
    throw new NotFoundError(
      `No scenario '${id}' with a period; add it to scenarios.ts`,
    );
  }
  return { ...found, period: { toDay: 0, ...found.period } };
}
