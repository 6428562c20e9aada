import type { Knex } from 'knex';
import type { PlumblineDatabase } from '../../database';
import {
  LAST_DAY,
  type AllocationChange,
  type AllocationRow,
} from './allocationChange';

const COLUMNS = [
  'resource_id',
  'from_day',
  'to_day',
  'entity_id',
  'environment_id',
].map(name => ({ name, type: 'integer' as const }));

/**
 * The rows of `allocation`.
 *
 * @internal
 */
export class AllocationTable {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): AllocationTable {
    return new AllocationTable(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** All rows of the resources with ids in a range, both ends included, by resource. */
  async ofResources(
    first: number,
    last: number,
  ): Promise<Map<number, AllocationRow[]>> {
    const rows: {
      resource_id: number;
      from_day: number;
      to_day: number;
      entity_id: number;
      environment_id: number;
    }[] = await this.#database
      .knex('allocation')
      .whereBetween('resource_id', [first, last]);
    const found = new Map<number, AllocationRow[]>();
    for (const row of rows) {
      const ofResource = found.get(row.resource_id) ?? [];
      found.set(row.resource_id, ofResource);
      ofResource.push({
        resourceId: row.resource_id,
        fromDay: row.from_day,
        toDay: row.to_day,
        entityId: row.entity_id,
        environmentId: row.environment_id,
      });
    }
    return found;
  }

  /** Makes the changes and lets the bindings version grow with them, in the same transaction. */
  async apply(
    trx: Knex.Transaction,
    changes: readonly AllocationChange[],
  ): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    await this.#touch(
      trx,
      changes.map(({ remove }) => remove),
      query => query.delete(),
    );
    const closed = changes.flatMap(({ close }) => close ?? []);
    for (const toDay of new Set(closed.map(change => change.toDay))) {
      await this.#touch(
        trx,
        closed.filter(change => change.toDay === toDay).map(({ row }) => row),
        query => query.update({ to_day: toDay }),
      );
    }
    const inserted = changes.flatMap(({ insert }) => insert ?? []);
    if (inserted.length > 0) {
      await this.#database.dialect.insertIntegers(
        trx,
        'allocation',
        COLUMNS,
        inserted.map(row => [
          row.resourceId,
          row.fromDay,
          row.toDay,
          row.entityId,
          row.environmentId,
        ]),
        '',
      );
    }
    await trx.raw(
      `update plumbline_state set value = cast(cast(value as integer) + 1 as text) where key = 'bindings_version'`,
    );
  }

  /** Only a row that still holds is ever taken away or closed, and a resource has one at most. */
  async #touch(
    trx: Knex.Transaction,
    rows: readonly (AllocationRow | undefined)[],
    work: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<void> {
    const ids = rows.flatMap(row => row?.resourceId ?? []);
    if (ids.length > 0) {
      await work(
        trx('allocation').whereIn('resource_id', ids).where('to_day', LAST_DAY),
      );
    }
  }
}
