import type { Dialect, RecordColumn, ValueColumn } from './Dialect';

const RECORD_TYPES: Record<RecordColumn['type'], string> = {
  integer: 'integer',
  text: 'text',
  boolean: 'boolean',
  instant: 'timestamptz',
};

const VALUE_TYPES: Record<ValueColumn['type'], string> = {
  integer: 'integer',
  bigint: 'bigint',
  word: 'text',
};

/** @internal */
export const postgresDialect: Dialect = {
  name: 'postgres',

  async tune() {},

  // One array a column is the fastest that goes over a plain connection.
  async insertColumns(knex, table, columns, values, suffix) {
    const names = columns.map(column => column.name).join(', ');
    const arrays = columns
      .map(column => `?::${VALUE_TYPES[column.type]}[]`)
      .join(', ');
    await knex.raw(
      `insert into ${table} (${names}) select * from unnest(${arrays}) ${suffix}`,
      // Numbers and words need no quotes in an array's text.
      values.map(column => `{${column.join(',')}}`),
    );
  },

  async insertRecords(knex, table, columns, records, suffix) {
    const names = columns.map(column => column.name).join(', ');
    const types = columns
      .map(column => `${column.name} ${RECORD_TYPES[column.type]}`)
      .join(', ');
    return postgresDialect.rowsOf(
      await knex.raw(
        `insert into ${table} (${names}) select ${names} from json_to_recordset(?) as record(${types}) ${suffix}`,
        [JSON.stringify(records)],
      ),
    );
  },

  monthOfDay: expression =>
    `to_char(date '1970-01-01' + (${expression}), 'YYYY-MM')`,

  jsonField: (expression, name) => ({
    sql: `(cast(${expression} as json) ->> ?)`,
    binding: name,
  }),

  rowKey: () => 'ctid',

  isUniqueViolation: error => (error as { code?: unknown }).code === '23505',

  isOutOfRange: error => (error as { code?: unknown }).code === '22003',

  rowsOf: result => (result as { rows: Record<string, unknown>[] }).rows,
};
