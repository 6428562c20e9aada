import type { PlumblineDatabase } from '../../database';

/** Rows that one statement reads: enough to keep statements few, little enough that none takes long. */
const ROWS = 25_000;

const MIN_INTEGER = -2147483648;
const MAX_INTEGER = 2147483647;

/** A table of daily cost, and what its rows are sorted by. @internal */
export interface CostTable {
  name: string;
  key: 'resource_id' | 'entity_id';
}

/** Bindings of {@link RANGE}: generation, key and day before the first row, key and day of the last one. */
export type CostRange = [number, number, number, number, number];

/** The condition that takes one range of a cost table `c`. @internal */
export const RANGE = (key: string) =>
  `c.generation_id = ? and (c.${key}, c.day) > (?, ?) and (c.${key}, c.day) <= (?, ?)`;

/**
 * Walks a generation in ranges of about 25,000 rows in the order of the primary key, so that no statement is
 * long; others get their turn after each.
 *
 * @internal
 */
export async function* costRanges(
  database: PlumblineDatabase,
  table: CostTable,
  generation: number,
): AsyncGenerator<CostRange> {
  let after: [number, number] = [MIN_INTEGER, MIN_INTEGER];
  for (;;) {
    const [last] = await database.query(
      `select c.${table.key} as key, c.day as day from ${table.name} c
       where c.generation_id = ? and (c.${table.key}, c.day) > (?, ?)
       order by c.${table.key}, c.day limit 1 offset ?`,
      [generation, ...after, ROWS - 1],
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

/**
 * Ranges of keys, from first to last, that together cover all there are, each with about 25,000 rows.
 *
 * @param counts - rows by key, as far as known
 * @internal
 */
export function keyRanges(
  counts: ReadonlyMap<number, number>,
): [number, number][] {
  const ranges: [number, number][] = [];
  let from = MIN_INTEGER;
  let rows = 0;
  for (const key of Int32Array.from(counts.keys()).sort()) {
    rows += counts.get(key)!;
    if (rows >= ROWS) {
      ranges.push([from, key]);
      from = key + 1;
      rows = 0;
    }
  }
  return [...ranges, [from, MAX_INTEGER]];
}
