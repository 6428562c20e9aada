import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import type { PlumblineDatabase } from '../database';

/** Keys of `plumbline_state`. */
export type StateKey =
  | 'bindings_version'
  | 'bindings_lock'
  | 'bindings_due'
  | 'catalog_polled_at'
  | 'catalog_settled_at'
  | 'catalog_error'
  | 'claims_version'
  | 'statements_since'
  | `statement_refused ${Month}`
  | 'suggestions_pass'
  | 'suggestions_done';

/**
 * Single values that outlive the process.
 *
 * @internal
 */
export class StateStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): StateStore {
    return new StateStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  async get(key: StateKey): Promise<string | undefined> {
    const row = await this.#database
      .knex('plumbline_state')
      .where({ key })
      .first('value');
    return row?.value;
  }

  /** Writes a value; `undefined` removes it. */
  async set(key: StateKey, value: string | undefined): Promise<void> {
    const table = this.#database.knex('plumbline_state');
    if (value === undefined) {
      await table.where({ key }).delete();
    } else {
      await table.insert({ key, value }).onConflict('key').merge(['value']);
    }
  }

  /** Removes a value where it is still the expected one. */
  async drop(key: StateKey, expected: string): Promise<void> {
    await this.#database
      .knex('plumbline_state')
      .where({ key, value: expected })
      .delete();
  }

  /**
   * Writes a value only where the present one is as expected; `undefined` expects none.
   *
   * @returns whether it was
   */
  async swap(
    key: StateKey,
    expected: string | undefined,
    value: string,
  ): Promise<boolean> {
    const { knex } = this.#database;
    if (expected !== undefined) {
      return (
        (await knex('plumbline_state')
          .where({ key, value: expected })
          .update({ value })) === 1
      );
    }
    try {
      await knex('plumbline_state').insert({ key, value });
      return true;
    } catch (error) {
      if (this.#database.dialect.isUniqueViolation(error)) {
        return false;
      }
      throw error;
    }
  }
}

/** Says that costs are allocated in another way than before, so that open months are made anew. */
export async function growBindingsVersion(
  trx: Knex.Transaction,
): Promise<void> {
  await trx.raw(
    `update plumbline_state set value = cast(cast(value as integer) + 1 as text) where key = 'bindings_version'`,
  );
}
