import type { ValueColumn } from './Dialect';

const WORDS = ['month', 'state', 'weight', 'weight_total'];

const keyColumn = (name: string): ValueColumn => ({
  name,
  type: WORDS.includes(name) ? 'word' : 'integer',
});

const AMOUNTS: ValueColumn[] = [
  { name: 'effective', type: 'bigint' },
  { name: 'billed', type: 'bigint' },
];

/** `on conflict` clause that adds amounts to those of the same key. */
function addUp(table: string, primaryKey: readonly string[]): string {
  return (
    `on conflict (${primaryKey.join(', ')}) do update set ` +
    `effective = ${table}.effective + excluded.effective, billed = ${table}.billed + excluded.billed`
  );
}

function costTable(name: string, ...key: string[]) {
  return {
    name,
    primaryKey: key,
    columns: [...key.map(keyColumn), ...AMOUNTS],
    addUp: addUp(name, key),
  };
}

/** @internal */
export const RESOURCE_COST_DAILY = costTable(
  'resource_cost_daily',
  'generation_id',
  'resource_id',
  'day',
  'service_id',
  'currency_id',
  'charge_kind_id',
);

/** The same, with how many lines of the export each row adds up. @internal */
export const COUNTED_RESOURCE_COST_DAILY = {
  ...RESOURCE_COST_DAILY,
  columns: [
    ...RESOURCE_COST_DAILY.columns,
    { name: 'lines', type: 'integer' as const },
  ],
  addUp: `${RESOURCE_COST_DAILY.addUp}, lines = resource_cost_daily.lines + excluded.lines`,
};

/** @internal */
export const ENTITY_COST_DAILY = costTable(
  'entity_cost_daily',
  'generation_id',
  'entity_id',
  'day',
  'environment_id',
  'service_id',
  'currency_id',
  'charge_kind_id',
);

/** @internal */
export const ENTITY_COST_MONTHLY = costTable(
  'entity_cost_monthly',
  'generation_id',
  'entity_id',
  'month',
  'environment_id',
  'service_id',
  'currency_id',
  'charge_kind_id',
);

/** The column of {@link BUCKET_COST} with the running total through a day of the month, 1 to 31. @internal */
export const runningTotal = (basis: 'effective' | 'billed', day: number) =>
  `${basis}_${String(day).padStart(2, '0')}`;

/** The longest month. @internal */
export const DAYS_OF_MONTH = 31;

const BUCKET_KEY = [
  'generation_id',
  'entity_id',
  'month',
  'resource_id',
  'service_id',
  'currency_id',
  'charge_kind_id',
];

/** What the buckets consist of, by resource and month. @internal */
export const BUCKET_COST = {
  name: 'bucket_cost',
  primaryKey: BUCKET_KEY,
  columns: [
    ...BUCKET_KEY.map(keyColumn),
    keyColumn('days'),
    ...(['effective', 'billed'] as const).flatMap(basis =>
      Array.from(
        { length: DAYS_OF_MONTH },
        (_, index): ValueColumn => ({
          name: runningTotal(basis, index + 1),
          type: 'bigint',
        }),
      ),
    ),
  ],
};

const SHARE_KEY = [
  'generation_id',
  'entity_id',
  'month',
  'environment_id',
  'from_entity_id',
  'rule_id',
  'currency_id',
  'state',
];

/** What of entities' monthly rows was shared out by rules. @internal */
export const ENTITY_SHARE_MONTHLY = {
  name: 'entity_share_monthly',
  primaryKey: SHARE_KEY,
  columns: [
    ...[...SHARE_KEY, 'weight', 'weight_total', 'dated'].map(keyColumn),
    ...AMOUNTS,
  ],
};

/** What of entities' daily rows is others' cost, shared out by rules. @internal */
export const ENTITY_SHARE_DAILY = costTable(
  'entity_share_daily',
  'generation_id',
  'entity_id',
  'day',
  'from_entity_id',
  'rule_id',
  'environment_id',
  'service_id',
  'currency_id',
  'charge_kind_id',
);

/** Entity that cost belongs to which no entity could be found for. @internal */
export const UNALLOCATED_ENTITY_ID = 1;

/** Entity that cost belongs to which by its nature has no single owner. @internal */
export const SHARED_ENTITY_ID = 2;
