import type { Knex } from 'knex';
import type { MatchedBy } from '@plumbline/backstage-plugin-plumbline-common';
import {
  afterClosings,
  instantFromDatabase,
  type PlumblineDatabase,
  type RecordColumn,
} from '../../database';
import { growBindingsVersion } from '../StateStore';
import {
  LAST_DAY,
  type AllocationChange,
  type AllocationRow,
  type StoredAllocation,
} from './allocationChange';

const COLUMNS: RecordColumn[] = [
  { name: 'resource_id', type: 'integer' },
  { name: 'from_day', type: 'integer' },
  { name: 'to_day', type: 'integer' },
  { name: 'entity_id', type: 'integer' },
  { name: 'environment_id', type: 'integer' },
  { name: 'matched_by', type: 'text' },
  { name: 'known_from', type: 'instant' },
];

const KEPT = COLUMNS.map(({ name }) => name).join(', ');

/**
 * The rows of `allocation`, and what they were before in `allocation_history`.
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

  /** All rows of resources, by resource. */
  async ofResources(
    ids: readonly number[],
  ): Promise<Map<number, StoredAllocation[]>> {
    const rows: {
      resource_id: number;
      from_day: number;
      to_day: number;
      entity_id: number;
      environment_id: number;
      matched_by: MatchedBy;
      removed_at: unknown;
    }[] = await this.#database
      .knex('allocation')
      .join('entity', 'entity.id', 'allocation.entity_id')
      .whereIn('resource_id', ids)
      .select('allocation.*', 'entity.removed_at');
    const found = new Map<number, StoredAllocation[]>();
    for (const row of rows) {
      const ofResource = found.get(row.resource_id) ?? [];
      found.set(row.resource_id, ofResource);
      ofResource.push({
        resourceId: row.resource_id,
        fromDay: row.from_day,
        toDay: row.to_day,
        entityId: row.entity_id,
        environmentId: row.environment_id,
        matchedBy: row.matched_by,
        vanished: row.removed_at !== null,
      });
    }
    return found;
  }

  /**
   * Makes the changes and lets the bindings version grow with them, in the same transaction. What they replace is
   * kept: months that are closed go on by it.
   */
  async apply(
    trx: Knex.Transaction,
    changes: readonly AllocationChange[],
    now: Date,
  ): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    // First of all: a month that is being closed is closed before this, or sees it.
    await growBindingsVersion(trx);
    const knownFrom = await changeInstant(trx, changes, now);
    const removed = changes.flatMap(({ remove }) => remove);
    for (const toDay of new Set(removed.map(row => row.toDay))) {
      const rows = removed.filter(row => row.toDay === toDay);
      await keep(trx, rows, toDay, knownFrom);
      await rowsOf(trx, rows, toDay).delete();
    }
    const closed = changes.flatMap(({ close }) => close ?? []);
    for (const toDay of new Set(closed.map(change => change.toDay))) {
      const rows = closed
        .filter(change => change.toDay === toDay)
        .map(({ row }) => row);
      await keep(trx, rows, LAST_DAY, knownFrom);
      await rowsOf(trx, rows, LAST_DAY).update({
        to_day: toDay,
        known_from: knownFrom,
      });
    }
    const inserted = changes.flatMap(({ insert }) => insert ?? []);
    if (inserted.length > 0) {
      await this.#database.dialect.insertRecords(
        trx,
        'allocation',
        COLUMNS,
        inserted.map(row => ({
          resource_id: row.resourceId,
          from_day: row.fromDay,
          to_day: row.toDay,
          entity_id: row.entityId,
          environment_id: row.environmentId,
          matched_by: row.matchedBy,
          known_from: knownFrom,
        })),
        '',
      );
    }
  }
}

/**
 * When the changes count as known: now, but after the last closing, and never before anything that is known of these
 * resources already. Clocks of replicas differ, and no two rows may be known for one day at one time.
 */
async function changeInstant(
  trx: Knex.Transaction,
  changes: readonly AllocationChange[],
  now: Date,
): Promise<Date> {
  const ids = changes.map(({ resourceId }) => resourceId);
  const instants = [await afterClosings(trx, now)];
  for (const [table, column] of [
    ['allocation', 'known_from'],
    ['allocation_history', 'known_to'],
  ]) {
    const row = await trx(table)
      .whereIn('resource_id', ids)
      .max({ latest: column })
      .first();
    instants.push(instantFromDatabase(row?.latest) ?? now);
  }
  return new Date(Math.max(...instants.map(instant => instant.getTime())));
}

/** Keeps rows as they are, before they change. */
async function keep(
  trx: Knex.Transaction,
  rows: readonly AllocationRow[],
  toDay: number,
  knownTo: Date,
): Promise<void> {
  await trx(trx.raw(`allocation_history (${KEPT}, known_to)`)).insert(
    rowsOf(trx, rows, toDay).select(
      trx.raw(`${KEPT}, cast(? as timestamptz)`, [knownTo]),
    ),
  );
}

/** A resource's rows never overlap, so no two end on one day. */
function rowsOf(
  trx: Knex.Transaction,
  rows: readonly AllocationRow[],
  toDay: number,
): Knex.QueryBuilder {
  return trx('allocation')
    .whereIn(
      'resource_id',
      rows.map(row => row.resourceId),
    )
    .where('to_day', toDay);
}
