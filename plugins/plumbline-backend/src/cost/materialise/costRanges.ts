import { MAX_BATCH, type PlumblineDatabase } from '../../database';

const MIN_INTEGER = -2147483648;
const MAX_INTEGER = 2147483647;

/** Bindings of {@link RANGE}: generation, key and day before the first row, key and day of the last one. */
export type CostRange = [number, number, number, number, number];

/** The condition that takes one range of a cost table `c`. @internal */
export const RANGE = (key: string) =>
  `c.generation_id = ? and (c.${key}, c.day) > (?, ?) and (c.${key}, c.day) <= (?, ?)`;

/**
 * Walks a generation in ranges of about 5,000 rows in the order of the primary key, so that no statement is
 * long; others get their turn after each.
 *
 * @internal
 */
export async function* costRanges(
  database: PlumblineDatabase,
  table: { name: string; key: 'resource_id' | 'entity_id' },
  generation: number,
): AsyncGenerator<CostRange> {
  let after: [number, number] = [MIN_INTEGER, MIN_INTEGER];
  for (;;) {
    const [last] = await database.query(
      `select c.${table.key} as key, c.day as day from ${table.name} c
       where c.generation_id = ? and (c.${table.key}, c.day) > (?, ?)
       order by c.${table.key}, c.day limit 1 offset ?`,
      [generation, ...after, MAX_BATCH - 1],
    );
    const to: [number, number] = last
      ? [Number(last.key), Number(last.day)]
      : [MAX_INTEGER, MAX_INTEGER];
    yield [generation, ...after, ...to];
    await database.breathe();
    if (!last) {
      return;
    }
    after = to;
  }
}
