import { isDeepStrictEqual } from 'node:util';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  addMonths,
  everAllocated,
  firstDayOfMonth,
  knownAt,
  monthOfDay,
} from '../database';
import type { Dialect, PlumblineDatabase } from '../database';
import { IS_USAGE } from './comparison';
import { SHARED_KINDS } from './materialise/Allocations';

/** Days since 1970-01-01; `to` is exclusive. @internal */
export interface DayWindow {
  from: number;
  to: number;
}

/** What sums can be broken down by. @internal */
export type SumKey =
  | 'source'
  | 'partition'
  | 'entity'
  | 'environment'
  | 'service'
  | 'currency'
  | 'chargeKind';

/** How a window is cut up; `window` leaves it whole. @internal */
export type Per = 'day' | 'month' | 'window';

/** A sum with the keys it was asked for; amounts in nanos. @internal */
export type CostSum<K extends string> = { [P in K]: number } & {
  /** A day within the period that the sum is of. */
  day: number;
  effective: bigint;
  billed: bigint;
};

/** @internal */
export interface SumOptions {
  entityIds: readonly number[];
  window: DayWindow;
  per: Per;
  environmentId?: number;
}

/** One live billing month of one source. @internal */
export interface LivePartition {
  source: number;
  sourceId: string;
  month: string;
  /** The first day with usage; that of any charge where it is not known. */
  firstDay: number;
  /** The last day that is complete; absent where no day has usage. */
  dataThrough?: number;
  /** Whether its days are kept one by one; old months are kept as sums. */
  daily: boolean;
  /** The generations that readers see now. */
  resourceGeneration: number | null;
  entityGeneration: number;
}

const COLUMNS: Record<SumKey, string> = {
  source: 'partition.source_id',
  partition: 'partition.id',
  entity: 'cost.entity_id',
  environment: 'cost.environment_id',
  service: 'cost.service_id',
  currency: 'cost.currency_id',
  chargeKind: 'cost.charge_kind_id',
};

/** How many entities one query adds up; more go into further queries. */
const CHUNK = 500;

const MAX_ATTEMPTS = 5;

const BASES = ['effective', 'billed'] as const;

const NANOS = 1_000_000_000n;

interface SumRow {
  [key: string]: number | string;
}

/**
 * Reads costs of entities. Each query joins the live generations to their rows in one statement, so that it
 * sees whole generations even while another becomes live.
 *
 * @internal
 */
export class CostStore {
  readonly #knex: Knex;
  readonly #dialect: Dialect;

  private constructor({ knex, dialect }: PlumblineDatabase) {
    this.#knex = knex;
    this.#dialect = dialect;
  }

  static create(options: { database: PlumblineDatabase }): CostStore {
    return new CostStore(options.database);
  }

  /**
   * Reads with several queries as if with one: again where a generation became live meanwhile.
   *
   * @throws ServiceUnavailableError when the bill changes faster than it can be read.
   */
  async readLive<T>(
    read: (partitions: LivePartition[]) => Promise<T>,
  ): Promise<T> {
    let partitions = await this.#listPartitions();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const result = await read(partitions);
      const after = await this.#listPartitions();
      if (isDeepStrictEqual(partitions, after)) {
        return result;
      }
      partitions = after;
    }
    throw new ServiceUnavailableError(
      'The bill is being replaced right now; try again in a moment',
    );
  }

  async #listPartitions(): Promise<LivePartition[]> {
    const rows = await this.#knex('cost_partition as partition')
      .join('source', 'source.id', 'partition.source_id')
      .whereNotNull('partition.entity_generation')
      .whereNotNull('partition.first_day')
      .whereNull('source.retired_at')
      .select({
        source: 'partition.source_id',
        sourceId: 'source.source_id',
        month: 'partition.month',
        firstDay: 'partition.first_day',
        firstUsageDay: 'partition.first_usage_day',
        dataThrough: 'partition.data_through',
        resourceGeneration: 'partition.resource_generation',
        entityGeneration: 'partition.entity_generation',
      })
      .orderBy('partition.id');
    return rows.map(({ firstUsageDay, ...row }) => ({
      ...row,
      firstDay: firstUsageDay ?? row.firstDay,
      dataThrough: row.dataThrough ?? undefined,
      daily: row.resourceGeneration !== null,
    }));
  }

  /** The sources with a cost of the entities in a month that one of the windows touches. */
  async listSources(
    entityIds: readonly number[],
    windows: readonly DayWindow[],
    environmentId?: number,
  ): Promise<Set<number>> {
    const sources = new Set<number>();
    for (const window of windows) {
      for (const ids of chunks(entityIds)) {
        const query = this.#monthly(ids, window).distinct({
          source: 'partition.source_id',
        });
        if (environmentId !== undefined) {
          query.where('cost.environment_id', environmentId);
        }
        const rows: { source: number }[] = await query;
        rows.forEach(({ source }) => sources.add(source));
      }
    }
    return sources;
  }

  /**
   * Sums of the entities' own costs in a window, by the given keys. Whole months are read from the monthly rows
   * unless days are asked for; the same keys may come more than once. `usageOnly` leaves out what comparisons do.
   */
  async sum<K extends SumKey>(
    options: SumOptions & { by: readonly K[]; usageOnly?: boolean },
  ): Promise<CostSum<K>[]> {
    const { entityIds, window, per, by, environmentId, usageOnly } = options;
    const keys = Object.fromEntries(by.map(key => [key, COLUMNS[key]]));
    const pieces =
      per === 'day' ? [{ ...window, whole: false }] : monthsApart(window);
    const sums: CostSum<K>[] = [];
    for (const piece of pieces) {
      for (const ids of chunks(entityIds)) {
        const query = piece.whole
          ? this.#monthly(ids, piece)
          : this.#daily(ids, piece);
        query.select(keys, ...this.#amounts()).groupBy(Object.values(keys));
        if (per === 'day') {
          query.select({ day: 'cost.day' }).groupBy('cost.day');
        } else if (per === 'month' && piece.whole) {
          query.select({ month: 'cost.month' }).groupBy('cost.month');
        }
        if (environmentId !== undefined) {
          query.where('cost.environment_id', environmentId);
        }
        if (usageOnly) {
          query
            .join('charge_kind as kind', 'kind.id', 'cost.charge_kind_id')
            .whereRaw(IS_USAGE);
        }
        const rows: SumRow[] = await query;
        sums.push(...rows.map(row => toSum<K>(row, piece.from)));
      }
    }
    return sums;
  }

  /**
   * Sums of the resources allocated to the entities, each for the days it was; in closed months as it was known
   * when they were closed.
   */
  async sumResources(
    options: SumOptions,
  ): Promise<CostSum<'resource' | 'currency'>[]> {
    const { entityIds, window, per, environmentId } = options;
    const keys = { resource: 'cost.resource_id', currency: 'cost.currency_id' };
    const month = this.#knex.raw(this.#dialect.monthOfDay('cost.day'));
    const closed: string[] = await this.#knex('closed_month').pluck('month');
    const sums: CostSum<'resource' | 'currency'>[] = [];
    const queries = [...chunks(entityIds)].flatMap(ids => [
      this.#resources(ids, window, closed),
      ...(closed.length > 0
        ? [this.#closedResources(ids, window, closed)]
        : []),
    ]);
    for (const query of queries) {
      query.select(keys, ...this.#amounts()).groupBy(Object.values(keys));
      if (per === 'day') {
        query.select({ day: 'cost.day' }).groupBy('cost.day');
      } else if (per === 'month') {
        query.select({ month }).groupBy(month);
      }
      if (environmentId !== undefined) {
        query.where('allocation.environment_id', environmentId);
      }
      const rows: SumRow[] = await query;
      sums.push(
        ...rows.map(row => toSum<'resource' | 'currency'>(row, window.from)),
      );
    }
    return sums;
  }

  #daily(entityIds: readonly number[], window: DayWindow): Knex.QueryBuilder {
    return this.#live(window)
      .join(
        'entity_cost_daily as cost',
        'cost.generation_id',
        'partition.entity_generation',
      )
      .whereIn('cost.entity_id', entityIds)
      .where('cost.day', '>=', window.from)
      .where('cost.day', '<', window.to);
  }

  #monthly(entityIds: readonly number[], window: DayWindow): Knex.QueryBuilder {
    return this.#live(window)
      .join(
        'entity_cost_monthly as cost',
        'cost.generation_id',
        'partition.entity_generation',
      )
      .whereIn('cost.entity_id', entityIds)
      .where('cost.month', '>=', monthOfDay(window.from))
      .where('cost.month', '<=', monthOfDay(window.to - 1));
  }

  #resources(
    entityIds: readonly number[],
    window: DayWindow,
    closed: readonly string[],
  ): Knex.QueryBuilder {
    return this.#allocated(
      this.#live(window)
        .crossJoin(this.#knex.ref('allocation'))
        .whereNotIn('partition.month', closed)
        .whereIn('allocation.entity_id', entityIds),
      window,
    );
  }

  #closedResources(
    entityIds: readonly number[],
    window: DayWindow,
    closed: readonly string[],
  ): Knex.QueryBuilder {
    return this.#allocated(
      this.#live(window)
        .join('closed_month', 'closed_month.month', 'partition.month')
        .crossJoin(
          this.#knex.raw(
            `(${everAllocated(
              `entity_id in (${entityIds.join(', ')})`,
            )}) as allocation`,
          ),
        )
        .join('resource', 'resource.id', 'allocation.resource_id')
        .join('entity', 'entity.id', 'allocation.entity_id')
        .whereIn('partition.month', closed)
        .whereRaw(knownAt('closed_month.closed_at')),
      window,
    );
  }

  /** Joins the rows of resources to the days for which they are allocated. */
  #allocated(query: Knex.QueryBuilder, window: DayWindow): Knex.QueryBuilder {
    return query
      .join('resource_cost_daily as cost', join =>
        join
          .on('cost.generation_id', 'partition.resource_generation')
          .on('cost.resource_id', 'allocation.resource_id')
          .on('cost.day', '>=', 'allocation.from_day')
          .on('cost.day', '<', 'allocation.to_day'),
      )
      .whereRaw(
        `not (allocation.matched_by = 'account' and cost.charge_kind_id in (${SHARED_KINDS}))`,
      )
      .where('cost.day', '>=', window.from)
      .where('cost.day', '<', window.to);
  }

  /** The partitions of sources in use that have a charge in the window. */
  #live({ from, to }: DayWindow): Knex.QueryBuilder {
    return this.#knex('cost_partition as partition')
      .join('source', 'source.id', 'partition.source_id')
      .whereNull('source.retired_at')
      .where('partition.first_day', '<', to)
      .where('partition.last_day', '>=', from);
  }

  /**
   * Whole units and nanos apart, as text: SQLite's sums end at 9.2 billion units, and a driver would make a
   * float of what is past 2⁵³.
   */
  #amounts(): Knex.Raw[] {
    return BASES.flatMap(basis => [
      this.#knex.raw(
        `cast(sum(cost.${basis} / ${NANOS}) as text) as ${basis}_units`,
      ),
      this.#knex.raw(
        `cast(sum(cost.${basis} % ${NANOS}) as text) as ${basis}_nanos`,
      ),
    ]);
  }
}

function toSum<K extends string>(row: SumRow, start: number): CostSum<K> {
  const {
    effective_units: effectiveUnits,
    effective_nanos: effectiveNanos,
    billed_units: billedUnits,
    billed_nanos: billedNanos,
    month,
    ...keys
  } = row;
  return {
    day: month === undefined ? start : firstDayOfMonth(String(month)),
    ...keys,
    effective: BigInt(effectiveUnits) * NANOS + BigInt(effectiveNanos),
    billed: BigInt(billedUnits) * NANOS + BigInt(billedNanos),
  } as CostSum<K>;
}

function* chunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += CHUNK) {
    yield ids.slice(start, start + CHUNK);
  }
}

/**
 * A window as the days before its first whole month, its whole months, and the days after them; those of these
 * that there are.
 *
 * @internal
 */
export function monthsApart({
  from,
  to,
}: DayWindow): (DayWindow & { whole: boolean })[] {
  const startOf = (day: number) => firstDayOfMonth(monthOfDay(day));
  const first =
    startOf(from) === from
      ? from
      : firstDayOfMonth(addMonths(monthOfDay(from), 1));
  const last = startOf(to);
  if (first >= last) {
    const inOneMonth = monthOfDay(from) === monthOfDay(to - 1);
    return inOneMonth
      ? [{ from, to, whole: false }]
      : [
          { from, to: first, whole: false },
          { from: first, to, whole: false },
        ];
  }
  return [
    { from, to: first, whole: false },
    { from: first, to: last, whole: true },
    { from: last, to, whole: false },
  ].filter(piece => piece.from < piece.to);
}
