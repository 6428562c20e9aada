import type { Dialect, RecordColumn } from './Dialect';
import { insertPrepared, type SqliteConnection } from './insertPrepared';

/** SQLite's JSON knows neither dates nor booleans of the kinds that Knex writes. */
function toSqlite(column: RecordColumn, value: unknown): unknown {
  if (value instanceof Date) {
    return value.getTime();
  }
  if (column.type === 'boolean') {
    return Number(value);
  }
  return value ?? null;
}

/** @internal */
export const sqliteDialect: Dialect = {
  name: 'sqlite',

  // A write-ahead log makes a batch cost one sequential write, and lets another process read meanwhile. A power
  // cut may undo the last batches, never mix them; they are collected again.
  async tune(knex) {
    await knex.raw('pragma journal_mode = wal');
    await knex.raw('pragma synchronous = normal');
    await knex.raw('pragma cache_size = -65536');
  },

  // Past Knex, which would compile the statement anew each time.
  async insertColumns(knex, table, columns, values, suffix) {
    const connection: SqliteConnection = await knex.client.acquireConnection();
    try {
      insertPrepared(connection, {
        table,
        columns: columns.map(column => column.name),
        values,
        suffix,
      });
    } finally {
      await knex.client.releaseConnection(connection);
    }
  },

  async insertRecords(knex, table, columns, records, suffix) {
    const names = columns.map(column => column.name).join(', ');
    const fields = columns.map((_, index) => `value->>${index}`).join(', ');
    const json = JSON.stringify(
      records.map(record =>
        columns.map(column => toSqlite(column, record[column.name])),
      ),
    );
    return sqliteDialect.rowsOf(
      await knex.raw(
        // Without the condition, SQLite takes a following "on conflict" for a join's.
        `insert into ${table} (${names}) select ${fields} from json_each(?) where true ${suffix}`,
        [json],
      ),
    );
  },

  monthOfDay: expression =>
    `strftime('%Y-%m', (${expression}) * 86400, 'unixepoch')`,

  jsonField(expression, name) {
    // A path is fast; to a name with quotes there is none.
    return /["\\]/.test(name)
      ? {
          sql: `(select value from json_each(${expression}) where key = ?)`,
          binding: name,
        }
      : { sql: `json_extract(${expression}, ?)`, binding: `$."${name}"` };
  },

  rowKey: primaryKey => `(${primaryKey.join(', ')})`,

  isUniqueViolation(error) {
    const code = (error as { code?: unknown }).code;
    return (
      code === 'SQLITE_CONSTRAINT_PRIMARYKEY' ||
      code === 'SQLITE_CONSTRAINT_UNIQUE'
    );
  },

  isOutOfRange: () => false,

  rowsOf: result => (Array.isArray(result) ? result : []),
};
