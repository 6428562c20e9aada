import { Account, CloudResource, company } from '../company';
import { scenarioWithId } from '../scenarios';
import { ExportCalendar } from './calendar';
import { ChargeLine, Ledger, resourceFields, toScaled } from './ledger';
import { randomStream } from './noise';
import { Sku } from './sku';
import { SkuName, skus } from './skus';
import { UsageModel, UsageSeries } from './usage';

/** AWS bills the German subsidiary in EUR; the rate is fixed for the demo. */
export const eurPerUsd = 0.92;

/** What every maker of charges works with. */
export type Books = {
  seed: number;
  calendar: ExportCalendar;
  usage: UsageModel;
  ledger: Ledger;
};

/** Usage of one SKU, before and after commitments. */
export type UsageCharge = {
  resource?: CloudResource;
  account: Account;
  sku: SkuName;
  line: number;
  quantities: number[];
  unitPrices: number[];
};

/** The unit price of a SKU on a day, in the account's currency. */
function priceOf(
  sku: Sku,
  name: SkuName,
  region: string,
  account: Account,
  relativeDay: number,
): number {
  const price = sku.price[region] ?? sku.price.any;
  const currency = account.currency === 'EUR' ? eurPerUsd : 1;
  const dearer =
    (name === 'tableReads' || name === 'tableWrites') &&
    relativeDay < scenarioWithId('dynamodb-price-cut').period.fromDay
      ? 2
      : 1;
  return Number((price * currency * dearer).toPrecision(9));
}

/** The fields of a line that come from the SKU. */
export function skuFields(name: SkuName): Omit<ChargeLine, 'account' | 'tags'> {
  const { price, ...fields } = skus[name];
  return {
    ...fields,
    chargeCategory: 'Usage',
    frequency: 'Usage-Based',
    pricingCategory: 'Standard',
    span: 'day',
  };
}

/** Days from a charge to the export that first has it. */
export function latencyOf(account: Account, random: () => number): number {
  switch (account.provider) {
    case 'azure':
      return 3;
    case 'gcp':
      return 2;
    default:
      return random() < 1 / 30 ? 3 : 1;
  }
}

function usageCharge(
  books: Books,
  account: Account,
  series: UsageSeries,
  resource: CloudResource | undefined,
): UsageCharge {
  const { calendar, ledger } = books;
  const region = resource?.region ?? 'eu-central-1';
  return {
    resource,
    account,
    sku: series.sku,
    line: ledger.addLine({
      ...skuFields(series.sku),
      account,
      ...(resource ? resourceFields(resource) : { region, tags: {} }),
    }),
    quantities: series.quantities.map(
      quantity => Math.round(quantity * 1e6) / 1e6,
    ),
    unitPrices: series.quantities.map((_, day) =>
      priceOf(
        skus[series.sku],
        series.sku,
        region,
        account,
        day - calendar.relative(0),
      ),
    ),
  };
}

/** Usage of every resource of the company. */
export function resourceUsage(books: Books): UsageCharge[] {
  const accounts = new Map(company.accounts.map(a => [a.id, a]));
  return company.resources.flatMap(resource => {
    const account = accounts.get(resource.accountId);
    return account
      ? books.usage
          .of(resource)
          .map(series => usageCharge(books, account, series, resource))
      : [];
  });
}

/** What an account uses that no resource is named for. */
export function accountUsage(books: Books): UsageCharge[] {
  const { calendar, usage } = books;
  const volumes: [SkuName, number][] = [
    ['customMetrics', 12],
    ['keyRequests', 900_000],
    ['dnsQueries', 4_000_000],
    ['transferBetweenZones', 140],
  ];
  return company.accounts.flatMap(account => {
    if (account.provider === 'gcp') {
      const quantities = usage
        .activity(`${account.id}/logging`, 'shop')
        .map(a => a * (account.environment === 'prod' ? 9 : 1));
      const series = { sku: 'gcpLogging' as const, quantities };
      return [usageCharge(books, account, series, undefined)];
    }
    if (account.provider !== 'aws' || account.id === account.billingAccountId) {
      return [];
    }
    const share = account.environment === 'prod' ? 1 : 0.08;
    return volumes.map(([sku, perDay]) => {
      const activity = usage.activity(`${account.id}/${sku}`, 'shop');
      const quantities = Array.from(
        { length: calendar.days },
        (_, day) => activity[day] * perDay * share,
      );
      return usageCharge(books, account, { sku, quantities }, undefined);
    });
  });
}

/** Writes usage at its list price, where no commitment covers it. */
export function postUsage(books: Books, charges: UsageCharge[]): void {
  const restated = scenarioWithId('restatement');
  for (const charge of charges) {
    const { line, resource, account, quantities, unitPrices, sku } = charge;
    const random = randomStream(books.seed, `${line}/latency`);
    const recounted =
      sku === 'natBytes' && restated.resources.includes(resource?.name ?? '');
    quantities.forEach((quantity, day) => {
      const from = day + latencyOf(account, random);
      if (quantity === 0) {
        return;
      }
      const relativeDay = day - books.calendar.relative(0);
      const replaced =
        recounted &&
        relativeDay >= restated.period.fromDay &&
        relativeDay <= restated.period.toDay;
      const post = (amount: number, seen: { from: number; until?: number }) => {
        const cost = toScaled(amount * unitPrices[day]);
        books.ledger.addRow({
          line,
          day,
          billedOn: day,
          quantity: amount,
          unitPrice: unitPrices[day],
          listCost: cost,
          billedCost: cost,
          effectiveCost: cost,
          ...seen,
        });
      };
      if (!replaced) {
        post(quantity, { from });
        return;
      }
      const again = books.calendar.relative(-6);
      post(quantity, { from, until: again });
      post(Math.round(quantity * 0.88 * 1e6) / 1e6, { from: again });
    });
  }
}
