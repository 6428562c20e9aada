import type { DatabaseService } from '@backstage/backend-plugin-api';
import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Dialect, RecordColumn, ValueColumn, Values } from './Dialect';
import { dialectOf } from './dialectOf';
import { applyMigrations } from './migrations';

/** Rows that one statement writes at most, so that readers never wait long. @internal */
export const MAX_BATCH = 5_000;

/**
 * The plugin's database, and what Knex does not do fast enough or not alike on SQLite and PostgreSQL.
 *
 * @internal
 */
export class PlumblineDatabase {
  /** Connects and brings the schema up to date. */
  static async create(options: {
    database: DatabaseService;
  }): Promise<PlumblineDatabase> {
    const knex = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await applyMigrations(knex);
    }
    const plumbline = PlumblineDatabase.fromKnex(knex);
    await plumbline.dialect.tune(knex);
    return plumbline;
  }

  /** For a connection whose schema is up to date. */
  static fromKnex(knex: Knex): PlumblineDatabase {
    return new PlumblineDatabase(knex, dialectOf(knex));
  }

  private constructor(readonly knex: Knex, readonly dialect: Dialect) {}

  /**
   * Inserts any number of rows, given column by column, in batches, letting others in between.
   *
   * @param suffix - goes behind each statement, such as an `on conflict` clause
   */
  async insertColumns(
    table: string,
    columns: readonly ValueColumn[],
    values: readonly Values[],
    suffix = '',
  ): Promise<void> {
    const count = values[0].length;
    for (let start = 0; start < count; start += MAX_BATCH) {
      await this.dialect.insertColumns(
        this.knex,
        table,
        columns,
        values.map(column => column.slice(start, start + MAX_BATCH)),
        suffix,
      );
      await this.breathe();
    }
  }

  /**
   * Inserts any number of records of a dimension in batches, letting others in between.
   *
   * @param suffix - goes behind each statement, such as an `on conflict … returning` clause
   * @returns what the suffix returns
   */
  async insertRecords(
    table: string,
    columns: readonly RecordColumn[],
    records: readonly Readonly<Record<string, unknown>>[],
    suffix = '',
  ): Promise<Record<string, unknown>[]> {
    const returned: Record<string, unknown>[] = [];
    for (let start = 0; start < records.length; start += MAX_BATCH) {
      returned.push(
        ...(await this.dialect.insertRecords(
          this.knex,
          table,
          columns,
          records.slice(start, start + MAX_BATCH),
          suffix,
        )),
      );
      await this.breathe();
    }
    return returned;
  }

  /** Runs a statement and gives its rows. */
  async query(
    sql: string,
    bindings: readonly Knex.RawBinding[] = [],
  ): Promise<Record<string, unknown>[]> {
    return this.dialect.rowsOf(await this.knex.raw(sql, bindings));
  }

  /** Lets everything else that waits for the event loop go first: SQLite's driver blocks it. */
  async breathe(): Promise<void> {
    await setImmediate();
  }
}
