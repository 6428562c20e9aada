import { ServiceUnavailableError } from '@backstage/errors';
import type { PlumblineDatabase } from '../database';
import { IS_USAGE } from './comparison';
import type { DayWindow } from './CostStore';
import { lookBack } from './CostHeadlines';
import type { HeadlineSum } from './CostHeadlines';
import { DataExtent } from './DataExtent';
import type { CoveredMonth } from './DataExtent';

/** How many entities one statement reads; more go into further statements. */
const CHUNK = 500;

const MAX_ATTEMPTS = 5;

/** No entity has it: stands where there is none to read. */
const NOBODY = -1;

const NANOS = 1_000_000_000n;

const USAGE = `(case when ${IS_USAGE} then cost.effective else 0 end)`;

/** Entities to read for headlines. @internal */
export interface HeadlineSelection {
  entityIds: readonly number[];
  /** Whether to keep the entities apart, or to add them up. */
  apart: boolean;
}

/** Days' costs by selection, and the live data that they are of. @internal */
export interface HeadlineCosts {
  extent: DataExtent;
  /** One list a selection, in order. */
  sums: HeadlineSum[][];
}

/** The live months as one statement saw them, and what follows from them. */
interface Live {
  key: string;
  extent: DataExtent;
  window: DayWindow | undefined;
}

const NO_DAYS: DayWindow = { from: 0, to: 0 };

/**
 * Reads what headlines are made of. Which months are live and what they hold comes from one statement, so that
 * it cannot be of two generations; the days it asks for are those that headlines looked at the last time, and it
 * asks again where other data is live now.
 *
 * @internal
 */
export class HeadlineStore {
  readonly #database: PlumblineDatabase;
  #last: Live = { key: '', extent: DataExtent.of([]), window: undefined };

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): HeadlineStore {
    return new HeadlineStore(options.database);
  }

  /** @throws ServiceUnavailableError when the bill changes faster than it can be read. */
  async read(selections: readonly HeadlineSelection[]): Promise<HeadlineCosts> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const asked = this.#last;
      const sums: HeadlineSum[][] = [];
      let same = true;
      for (const selection of selections) {
        const read = await this.#readSelection(selection, asked);
        same &&= read.same;
        sums.push(read.sums);
      }
      if (same) {
        return { extent: asked.extent, sums };
      }
    }
    throw new ServiceUnavailableError(
      'The bill is being replaced right now; try again in a moment',
    );
  }

  async #readSelection(
    { entityIds, apart }: HeadlineSelection,
    asked: Live,
  ): Promise<{ sums: HeadlineSum[]; same: boolean }> {
    const sums: HeadlineSum[] = [];
    let same = true;
    for (const ids of chunks(entityIds)) {
      const rows = await this.#query(ids, apart, asked.window ?? NO_DAYS);
      const months: MonthRow[] = [];
      for (const row of rows) {
        if (isMonth(row)) {
          months.push(row);
        } else {
          sums.push(toSum(row));
        }
      }
      same &&= this.#liveOf(months).key === asked.key;
    }
    return { sums, same };
  }

  async #query(
    entityIds: readonly number[],
    apart: boolean,
    { from, to }: DayWindow,
  ): Promise<Row[]> {
    const entity = apart ? 'cost.entity_id' : 'cast(null as integer)';
    const rows: unknown = await this.#database.query(
      `select live.source_id, live.id as partition_id, source.source_id as source, live.month,
        live.entity_generation, live.resource_generation, live.first_day, live.first_usage_day, live.data_through,
        cast(null as integer) as entity_id, cast(null as integer) as day,
        cast(null as integer) as environment_id, cast(null as integer) as currency_id,
        cast(null as text) as units, cast(null as text) as nanos,
        cast(null as text) as usage_units, cast(null as text) as usage_nanos
      from cost_partition live
      join source on source.id = live.source_id
      where live.entity_generation is not null and live.first_day is not null and source.retired_at is null
      union all
      select live.source_id, null, null, null, null, null, null, null, null,
        ${entity}, cost.day, cost.environment_id, cost.currency_id,
        cast(sum(cost.effective / ${NANOS}) as text), cast(sum(cost.effective % ${NANOS}) as text),
        cast(sum(${USAGE} / ${NANOS}) as text), cast(sum(${USAGE} % ${NANOS}) as text)
      from cost_partition live
      join source on source.id = live.source_id and source.retired_at is null
      join entity_cost_daily cost on cost.generation_id = live.entity_generation
      join charge_kind kind on kind.id = cost.charge_kind_id
      where cost.entity_id in (${entityIds.map(() => '?').join(',')})
        and cost.day >= ? and cost.day < ? and live.last_day >= ? and live.first_day < ?
      group by live.source_id, ${
        apart ? `${entity}, ` : ''
      }cost.day, cost.environment_id, cost.currency_id`,
      [...entityIds, from, to, from, to],
    );
    return rows as Row[];
  }

  /** The live months of a statement; those known from the last time where nothing changed. */
  #liveOf(months: MonthRow[]): Live {
    const key = months
      .map(row =>
        [
          row.partition_id,
          row.source,
          row.entity_generation,
          row.resource_generation === null,
          row.first_day,
          row.first_usage_day,
          row.data_through,
        ].join(),
      )
      .sort()
      .join(' ');
    if (key !== this.#last.key) {
      const extent = DataExtent.of(months.map(toMonth));
      this.#last = { key, extent, window: lookBack(extent) };
    }
    return this.#last;
  }
}

/** A live month, or a day's cost; what the other would hold is null. */
type Row = MonthRow | SumRow;

interface MonthRow {
  source_id: number;
  partition_id: number;
  source: string;
  month: string;
  entity_generation: number;
  resource_generation: number | null;
  first_day: number;
  first_usage_day: number | null;
  data_through: number | null;
}

interface SumRow {
  source_id: number;
  partition_id: null;
  /** Null where entities are added up. */
  entity_id: number | null;
  day: number;
  environment_id: number;
  currency_id: number;
  units: string;
  nanos: string;
  usage_units: string;
  usage_nanos: string;
}

function isMonth(row: Row): row is MonthRow {
  return row.partition_id !== null;
}

function toMonth(row: MonthRow): CoveredMonth {
  return {
    source: row.source_id,
    sourceId: row.source,
    month: row.month,
    firstDay: row.first_usage_day ?? row.first_day,
    dataThrough: row.data_through ?? undefined,
    daily: row.resource_generation !== null,
  };
}

function toSum(row: SumRow): HeadlineSum {
  return {
    source: row.source_id,
    entity: row.entity_id ?? undefined,
    environment: row.environment_id,
    currency: row.currency_id,
    day: row.day,
    effective: BigInt(row.units) * NANOS + BigInt(row.nanos),
    usage: BigInt(row.usage_units) * NANOS + BigInt(row.usage_nanos),
  };
}

function chunks(ids: readonly number[]): (readonly number[])[] {
  if (ids.length === 0) {
    return [[NOBODY]];
  }
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) =>
    ids.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
