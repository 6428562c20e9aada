import { FocusColumn } from '../focusColumns';

/** Share of the entities that are charged every day; the others now and then. */
const busyShare = 0.1;

/** Hourly rows of one resource, service and day. */
export const rowsPerGroup = 5;

/** The size of a scaled export. */
export type ScaledSize = {
  rows: number;
  entities: number;
  days: number;
  seed: number;
};

/** How many rows the export really gets: a whole number of groups a day. */
export function sizeOf(size: ScaledSize): {
  /** Resource × service × day. */
  groupsPerDay: number;
  rows: number;
} {
  const groupsPerDay = Math.max(
    1,
    Math.round(size.rows / size.days / rowsPerGroup),
  );
  return { groupsPerDay, rows: groupsPerDay * rowsPerGroup * size.days };
}

/**
 * The rows of some days, made from nothing but their numbers.
 *
 * A tenth of the entities is charged every day; the rest takes turns. With
 * more groups a day than entities each entity uses several services.
 *
 * @param firstDate - date of day 0, `YYYY-MM-DD`
 */
export function scaledRows(
  size: ScaledSize,
  firstDate: string,
  days: { from: number; until: number },
): string {
  const { entities, seed } = size;
  const { groupsPerDay } = sizeOf(size);
  const slots = Math.min(groupsPerDay, entities);
  const busy = Math.min(Math.floor(entities * busyShare), slots);
  const rest = Math.max(1, entities - busy);
  return `
    SELECT *,
      -- A day's cost is spread over hours; Black Friday and weekends show
      round(
        (0.02 + 8.0 / (1 + entity % 977)) * (0.6 + noise / 1250.0)
          * (CASE WHEN dayofweek(start) IN (0, 6) THEN 1.15 ELSE 1.0 END)
          * (CASE month(start) WHEN 11 THEN 1.4 WHEN 12 THEN 1.3 ELSE 1.0 END)
          * (CASE WHEN is_credit THEN -0.1 ELSE 1.0 END),
        10) AS cost
    FROM (
      SELECT
        entity, day, service, part,
        DATE '${firstDate}' + day::INTEGER AS start,
        (hash(entity * 7 + day * 31 + part, ${seed}) % 1000)::INTEGER AS noise,
        ((hash(entity, day, ${seed}) % 4 + part * 5) % 24)::INTEGER AS hour,
        entity % 50 = 49 AND service = 0 AS is_credit
      FROM (
        SELECT
          day, part, slot // ${slots} AS service,
          CASE WHEN slot % ${slots} < ${busy} THEN slot % ${slots}
            ELSE ${busy} + (slot % ${slots} - ${busy} + day * ${
    slots - busy
  }) % ${rest}
          END AS entity
        FROM range(${days.from}, ${days.until}) AS d(day),
          range(${groupsPerDay}) AS s(slot),
          range(${rowsPerGroup}) AS p(part)
      )
    )
    ORDER BY day, entity, service, part`;
}

/** Region of an entity's resources. */
export const regionOf = (entity: number) =>
  entity % 3 === 0 ? 'us-east-1' : 'eu-central-1';

/** Account of an entity's resources, one of a hundred. */
export const accountNumberOf = (entity: number) =>
  `4${String(entity % 100).padStart(11, '0')}`;

/** Name of an entity. */
export const entityNameOf = (entity: number) =>
  `service-${String(entity).padStart(5, '0')}`;

/** ARN of an entity's resource. */
export const resourceIdOf = (entity: number) =>
  `arn:aws:lambda:${regionOf(entity)}:${accountNumberOf(
    entity,
  )}:function:${entityNameOf(entity)}`;

const region = `CASE WHEN entity % 3 = 0 THEN 'us-east-1' ELSE 'eu-central-1' END`;
const account = `'4' || lpad((entity % 100)::VARCHAR, 11, '0')`;
const name = `'service-' || lpad(entity::VARCHAR, 5, '0')`;
const services = `['AWS Lambda', 'Amazon DynamoDB', 'AmazonCloudWatch', 'Amazon Simple Queue Service']`;
const time = (expression: string) => `(${expression})::TIMESTAMP_MS`;

/** 37 columns: what AWS ships, without those that are always empty here. */
export const scaledColumns: readonly FocusColumn[] = [
  ['BilledCost', 'cost'],
  ['BillingAccountId', `'307162849051'`],
  ['BillingAccountName', `'Larkspur Outfitters'`],
  ['BillingCurrency', `CASE WHEN entity % 20 = 7 THEN 'EUR' ELSE 'USD' END`],
  ['BillingPeriodEnd', time(`date_trunc('month', start) + INTERVAL 1 MONTH`)],
  ['BillingPeriodStart', time(`date_trunc('month', start)`)],
  ['ChargeCategory', `CASE WHEN is_credit THEN 'Credit' ELSE 'Usage' END`],
  ['ChargeClass', 'NULL::VARCHAR'],
  ['ChargeDescription', `'AWS Lambda - Total Compute on ARM'`],
  ['ChargeFrequency', `'Usage-Based'`],
  ['ChargePeriodEnd', time('start::TIMESTAMP + to_hours(hour + 1)')],
  ['ChargePeriodStart', time('start::TIMESTAMP + to_hours(hour)')],
  ['CommitmentDiscountCategory', 'NULL::VARCHAR'],
  ['CommitmentDiscountId', 'NULL::VARCHAR'],
  ['CommitmentDiscountStatus', 'NULL::VARCHAR'],
  ['ConsumedQuantity', 'round(abs(cost) / 0.0000133334, 3)'],
  ['ConsumedUnit', `'Lambda-GB-Second'`],
  ['ContractedCost', 'cost'],
  ['EffectiveCost', 'cost'],
  ['InvoiceIssuerName', `'Amazon Web Services, Inc.'`],
  ['ListCost', 'cost'],
  ['ListUnitPrice', '0.0000133334::DOUBLE'],
  ['PricingCategory', `'Standard'`],
  ['PricingQuantity', 'round(abs(cost) / 0.0000133334, 3)'],
  ['PricingUnit', `'Lambda-GB-Second'`],
  ['ProviderName', `'AWS'`],
  ['PublisherName', `'Amazon Web Services, Inc.'`],
  ['RegionId', region],
  [
    'ResourceId',
    `'arn:aws:lambda:' || ${region} || ':' || ${account} || ':function:' || ${name}`,
  ],
  ['ResourceName', name],
  ['ServiceCategory', `'Compute'`],
  ['ServiceName', `${services}[1 + (entity // 7 + service) % 4]`],
  ['SkuId', `'TG3M4CAGBA3NYQBH'`],
  ['SkuPriceId', `'TG3M4CAGBA3NYQBH.JRTCKXETXF.6YS6EN2CT7'`],
  ['SubAccountId', account],
  ['SubAccountName', `'account-' || (entity % 100)`],
  [
    'Tags',
    `MAP {'service': ${name}, 'team': 'team-' || (entity % 120), 'environment': 'prod', 'plumbline:entity': 'component:default/' || ${name}}`,
  ],
];
