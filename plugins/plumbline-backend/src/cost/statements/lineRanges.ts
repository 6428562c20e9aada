import type { PlumblineDatabase } from '../../database';

/** Rows that a range is made for: with those of its last entity they seldom are more than a batch. */
const ROWS = 4_000;

const MIN_INTEGER = -2147483648;
const MAX_INTEGER = 2147483647;

/** What lines are made of: monthly rows of generations, and lines of statements. @internal */
export interface LineSources {
  generations: readonly number[];
  statements: readonly number[];
}

/** Entities from (exclusive) and to (inclusive), by key. @internal */
export type EntityRange = readonly [number, number];

/**
 * Walks entities in ranges of about 4,000 rows, in the order of the primary keys, so that no statement is long;
 * others get their turn after each.
 *
 * @internal
 */
export async function* lineRanges(
  database: PlumblineDatabase,
  { generations, statements }: LineSources,
): AsyncGenerator<EntityRange> {
  const tables = [
    ...generations.map(id => `entity_cost_monthly where generation_id = ${id}`),
    ...statements.map(id => `statement_line where statement_id = ${id}`),
  ];
  if (tables.length === 0) {
    return;
  }
  const select = tables
    .map(table => `select entity_id from ${table} and entity_id > ?`)
    .join(' union all ');
  let after = MIN_INTEGER;
  for (;;) {
    const [last] = await database.query(
      `${select} order by entity_id limit 1 offset ${ROWS - 1}`,
      new Array(tables.length).fill(after),
    );
    const to = last ? Number(last.entity_id) : MAX_INTEGER;
    yield [after, to];
    await database.breathe();
    if (!last) {
      return;
    }
    after = to;
  }
}
