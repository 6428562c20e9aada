import type { Values } from './Dialect';

type Value = number | bigint | string;

interface Statement {
  run(values: readonly Value[]): unknown;
}

/** The part of better-sqlite3's connection that is used past Knex. @internal */
export interface SqliteConnection {
  prepare(sql: string): Statement;
  transaction(work: () => void): () => void;
}

/** Rows of one call: more make it no faster. */
const ROWS = 100;

const statements = new WeakMap<SqliteConnection, Map<string, Statement>>();

/**
 * Inserts rows by statements that are compiled once a connection, all rows or none.
 *
 * @internal
 */
export function insertPrepared(
  connection: SqliteConnection,
  insert: {
    table: string;
    columns: readonly string[];
    values: readonly Values[];
    suffix: string;
  },
): void {
  const { values } = insert;
  const count = values[0].length;
  const work = connection.transaction(() => {
    for (let start = 0; start < count; start += ROWS) {
      const rows = Math.min(ROWS, count - start);
      // A rest is written row by row: as many statements as sizes would have to be kept.
      const atOnce = rows === ROWS ? ROWS : 1;
      const statement = prepared(connection, insert, atOnce);
      for (let row = start; row < start + rows; row += atOnce) {
        statement.run(parameters(values, row, atOnce));
      }
    }
  });
  work();
}

function parameters(
  values: readonly Values[],
  start: number,
  count: number,
): Value[] {
  const width = values.length;
  const flat = new Array<Value>(count * width);
  for (let column = 0; column < width; column++) {
    const from = values[column];
    for (let row = 0; row < count; row++) {
      flat[row * width + column] = from[start + row];
    }
  }
  return flat;
}

function prepared(
  connection: SqliteConnection,
  insert: { table: string; columns: readonly string[]; suffix: string },
  rows: number,
): Statement {
  const ofConnection = statements.get(connection) ?? new Map();
  statements.set(connection, ofConnection);
  const { table, columns, suffix } = insert;
  const key = `${table} ${rows} ${columns.join()} ${suffix}`;
  const known = ofConnection.get(key);
  if (known) {
    return known;
  }
  const row = `(${columns.map(() => '?').join(', ')})`;
  const sql = `insert into ${table} (${columns.join(', ')}) values ${Array(rows)
    .fill(row)
    .join(', ')} ${suffix}`;
  const statement = connection.prepare(sql);
  ofConnection.set(key, statement);
  return statement;
}
