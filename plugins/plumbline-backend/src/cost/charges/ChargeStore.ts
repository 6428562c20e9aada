import type {
  ChargeRow,
  Month,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  everAllocated,
  instantFromDatabase,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
  type PlumblineDatabase,
} from '../../database';
import type { DayWindow } from '../CostStore';
import { parseOrigins, type KeptOrigins } from '../ingest/origins';
import { ownedRows, type RowsOf } from './ownedRows';

const NANOS = 1_000_000_000n;

/** Which rows make up a figure; keys of the database. @internal */
export interface ChargeSelection {
  /** Entities, or buckets; not both. */
  entityIds: readonly number[];
  window: DayWindow;
  currencyId: number;
  environmentId?: number;
  serviceIds?: readonly number[];
  resourceIds?: readonly number[];
  chargeKindIds?: readonly number[];
}

/** A billing month of a source that may hold such rows. @internal */
export interface ChargePartition {
  id: number;
  sourceId: string;
  month: Month;
  resourceGeneration: number | null;
  entityGeneration: number;
  firstDay: number;
  /** Inclusive. */
  lastDay: number;
  /** The rows, where they are kept day by day. */
  rows?: RowsOf;
  publishedAt: Date;
  fingerprint: string;
  origins?: KeptOrigins;
}

/** What the rows of one generation come to. @internal */
export interface ChargeSums {
  rows: number;
  /** Undefined where they were not counted. */
  lines?: number;
  effective: bigint;
  billed: bigint;
}

/** A row with the keys that give its place. @internal */
export interface StoredCharge {
  key: [number, number, number, number];
  day: number;
  resource: ChargeRow['resource'];
  service: string;
  category: string;
  correction: boolean;
  commitment: string;
  effective: bigint;
  billed: bigint;
  lines?: number;
}

/** Days for which a resource counts. @internal */
export interface ResourceSpan {
  provider: string;
  accountId: string;
  /** Empty for charges of an account that name none. */
  nativeId: string;
  window: DayWindow;
  /** It came with the rest of an account: its shared charges do not count. */
  restOfAccount: boolean;
}

/**
 * Reads the rows that figures are made of, one generation at a time. Takes entities, and as well the two buckets of
 * what belongs to none.
 *
 * @internal
 */
export class ChargeStore {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): ChargeStore {
    return new ChargeStore(options.database);
  }

  /** The live months of sources in use with a charge in the window, in the order of their rows. */
  async listPartitions(window: DayWindow): Promise<ChargePartition[]> {
    const rows = await this.#database
      .knex('cost_partition as partition')
      .join('source', 'source.id', 'partition.source_id')
      .leftJoin('closed_month', 'closed_month.month', 'partition.month')
      .whereNotNull('partition.entity_generation')
      .whereNull('source.retired_at')
      .where('partition.first_day', '<', window.to)
      .where('partition.last_day', '>=', window.from)
      .orderBy(['partition.month', 'source.source_id'])
      .select({
        id: 'partition.id',
        sourceId: 'source.source_id',
        month: 'partition.month',
        resourceGeneration: 'partition.resource_generation',
        entityGeneration: 'partition.entity_generation',
        firstDay: 'partition.first_day',
        lastDay: 'partition.last_day',
        publishedAt: 'partition.published_at',
        fingerprint: 'partition.fingerprint',
        origins: 'partition.origins',
        closedMonth: 'closed_month.month',
      });
    return rows.map(
      ({ publishedAt, fingerprint, origins, closedMonth, ...row }) => ({
        ...row,
        ...(row.resourceGeneration !== null && {
          rows: {
            generation: row.resourceGeneration,
            ...(closedMonth && { closedMonth }),
          },
        }),
        publishedAt: instantFromDatabase(publishedAt) ?? new Date(0),
        fingerprint: fingerprint ?? '',
        origins: parseOrigins(origins),
      }),
    );
  }

  /** What the rows of a generation come to. */
  async sum(selection: ChargeSelection, rowsOf: RowsOf): Promise<ChargeSums> {
    const owned = this.#owned(selection, rowsOf);
    const [row] = await this.#database.query(
      `select count(*) as row_count, count(cost.lines) as counted, cast(sum(cost.lines) as text) as line_count,
         ${amounts('effective')}, ${amounts('billed')}
       ${owned.sql}`,
      owned.bindings,
    );
    const rows = Number(row.row_count);
    return {
      rows,
      ...(Number(row.counted) === rows && { lines: Number(row.line_count) }),
      effective: amountOf(row, 'effective'),
      billed: amountOf(row, 'billed'),
    };
  }

  /** The next rows of a generation, by resource, day, service and kind of charge. */
  async page(
    selection: ChargeSelection,
    rowsOf: RowsOf,
    options: { after?: StoredCharge['key']; limit: number },
  ): Promise<StoredCharge[]> {
    const owned = this.#owned(selection, rowsOf);
    const { after, limit } = options;
    const place =
      'cost.resource_id, cost.day, cost.service_id, cost.charge_kind_id';
    const rows = await this.#database.query(
      `select ${place}, service.name as service, kind.category, kind.correction, kind.commitment, cost.lines,
         cast(cost.effective as text) as effective, cast(cost.billed as text) as billed,
         resource.native_id, resource.name, resource.type, resource.region,
         account.provider, account.native_id as account
       ${owned.joins}
       join service on service.id = cost.service_id
       join charge_kind kind on kind.id = cost.charge_kind_id
       join resource on resource.id = cost.resource_id
       join account on account.id = resource.account_id
       ${owned.where} ${after ? `and (${place}) > (?, ?, ?, ?)` : ''}
       order by ${place} limit ?`,
      [...owned.bindings, ...(after ?? []), limit],
    );
    return rows.map(toCharge);
  }

  /**
   * For which days which resources count, as far as they have rows; at most `limit` of them. Entities only: what
   * belongs to none has no days of its own.
   */
  async listSpans(
    selection: ChargeSelection,
    rowsOf: RowsOf,
    limit: number,
  ): Promise<ResourceSpan[]> {
    const { window } = selection;
    const owned = this.#owned(selection, rowsOf);
    const rows = await this.#database.query(
      `select distinct cost.resource_id, allocation.from_day, allocation.to_day, allocation.matched_by,
         resource.native_id, account.provider, account.native_id as account
       ${owned.joins}
       join resource on resource.id = cost.resource_id
       join account on account.id = resource.account_id
       ${owned.where} order by cost.resource_id, allocation.from_day limit ?`,
      [...owned.bindings, limit],
    );
    return rows.map(row => ({
      provider: String(row.provider),
      accountId: String(row.account),
      nativeId: String(row.native_id),
      window: {
        from: Math.max(window.from, Number(row.from_day)),
        to: Math.min(window.to, Number(row.to_day)),
      },
      restOfAccount: row.matched_by === 'account',
    }));
  }

  /** Keys of the entities' resources that a series calls by this key. */
  async findResources(
    entityIds: readonly number[],
    seriesKey: string,
  ): Promise<number[]> {
    const rows = await this.#database.query(
      `select distinct resource.id from (${everAllocated(
        `entity_id in (${entityIds.join(', ') || 'null'})`,
      )}) as allocation
       join resource on resource.id = allocation.resource_id
       join account on account.id = resource.account_id
       where (resource.native_id = ? or (resource.native_id = '' and account.provider || '/' || account.native_id = ?))`,
      [seriesKey, seriesKey],
    );
    return rows.map(({ id }) => Number(id));
  }

  #owned(selection: ChargeSelection, rowsOf: RowsOf) {
    const owned = ownedRows(selection, rowsOf, {
      buckets: selection.entityIds.some(
        id => id === UNALLOCATED_ENTITY_ID || id === SHARED_ENTITY_ID,
      ),
    });
    return { ...owned, sql: `${owned.joins} ${owned.where}` };
  }
}

/** Whole units and nanos apart, as text; see `CostStore`. */
function amounts(basis: 'effective' | 'billed'): string {
  return `cast(sum(cost.${basis} / ${NANOS}) as text) as ${basis}_units, cast(sum(cost.${basis} % ${NANOS}) as text) as ${basis}_nanos`;
}

function amountOf(
  row: Record<string, unknown>,
  basis: 'effective' | 'billed',
): bigint {
  return (
    BigInt(String(row[`${basis}_units`] ?? 0)) * NANOS +
    BigInt(String(row[`${basis}_nanos`] ?? 0))
  );
}

function toCharge(row: Record<string, unknown>): StoredCharge {
  const text = (name: string) => (row[name] ? String(row[name]) : undefined);
  const [name, type, region] = ['name', 'type', 'region'].map(text);
  return {
    key: [
      Number(row.resource_id),
      Number(row.day),
      Number(row.service_id),
      Number(row.charge_kind_id),
    ],
    day: Number(row.day),
    resource: {
      id: String(row.native_id),
      ...(name && { name }),
      ...(type && { type }),
      ...(region && { region }),
      provider: String(row.provider),
      accountId: String(row.account),
    },
    service: String(row.service),
    category: String(row.category),
    correction: Boolean(row.correction),
    commitment: String(row.commitment),
    effective: BigInt(String(row.effective)),
    billed: BigInt(String(row.billed)),
    ...(row.lines !== null && { lines: Number(row.lines) }),
  };
}
