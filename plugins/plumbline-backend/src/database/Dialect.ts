import type { Knex } from 'knex';

/** A column that is inserted as a whole; a `word` is text without spaces, commas, quotes, braces or backslashes. */
export interface ValueColumn {
  name: string;
  type: 'integer' | 'bigint' | 'word';
}

/** What rows have in one column, in their order. */
export type Values = Int32Array | BigInt64Array | readonly string[];

/** A column of a dimension; `instant` takes a Date. */
export interface RecordColumn {
  name: string;
  type: 'integer' | 'text' | 'boolean' | 'instant';
}

/** What the two databases say differently. Nothing else tells them apart. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';

  /** Sets a new connection up for many small writes beside many reads. */
  tune(knex: Knex): Promise<void>;

  /**
   * Inserts rows given column by column, all or none.
   *
   * @param suffix - goes behind the rows, such as an `on conflict` clause
   */
  insertColumns(
    knex: Knex,
    table: string,
    columns: readonly ValueColumn[],
    values: readonly Values[],
    suffix: string,
  ): Promise<void>;

  /**
   * Inserts records of a dimension in one statement.
   *
   * @param suffix - goes behind the records; may return columns
   * @returns what the suffix returns
   */
  insertRecords(
    knex: Knex,
    table: string,
    columns: readonly RecordColumn[],
    records: readonly Readonly<Record<string, unknown>>[],
    suffix: string,
  ): Promise<Record<string, unknown>[]>;

  /** An expression for the month (`YYYY-MM`) of a day (days since 1970-01-01). */
  monthOfDay(expression: string): string;

  /**
   * An expression for a field of a JSON object as text, null where it has none, and what to bind to it.
   *
   * @param expression - the object, as text
   */
  jsonField(expression: string, name: string): { sql: string; binding: string };

  /** An expression that names a row within its table, for deletion in batches. */
  rowKey(primaryKey: readonly string[]): string;

  isUniqueViolation(error: unknown): boolean;

  /** Whether a number was too large for its column. SQLite makes a float of it in silence. */
  isOutOfRange(error: unknown): boolean;

  /** The rows of a raw statement's result. */
  rowsOf(result: unknown): Record<string, unknown>[];
}
