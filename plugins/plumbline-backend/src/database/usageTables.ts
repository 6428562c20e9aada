import type { ValueColumn } from './Dialect';

const KEY = ['generation_id', 'subject_id', 'metric_id', 'day'];

const COLUMNS: ValueColumn[] = [
  ...KEY.map((name): ValueColumn => ({ name, type: 'integer' })),
  { name: 'value', type: 'bigint' },
];

/** @internal */
export const USAGE_DAILY = {
  name: 'usage_daily',
  primaryKey: KEY,
  columns: COLUMNS,
  /** `on conflict` clause that adds a value to that of the same key. */
  addUp: `on conflict (${KEY.join(
    ', ',
  )}) do update set value = usage_daily.value + excluded.value`,
};
