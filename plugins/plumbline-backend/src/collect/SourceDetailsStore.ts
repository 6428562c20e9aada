import type {
  EntityRef,
  SourceDetails,
  SourceMonth,
  SourcePause,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  dayOfInstant,
  instantFromDatabase,
  type PlumblineDatabase,
} from '../database';
import type { CollectionStore } from './CollectionStore';
import type { Feed } from './Feed';
import { failedMonthsOf } from './RunLedger';
import { describeSchedule } from './schedules';

type Row = Record<string, unknown>;

/** Days that paid calls are added up over. */
const PAID_DAYS = 30;

/**
 * Everything about each source that an administrator sees.
 *
 * @internal
 */
export class SourceDetailsStore {
  readonly #database: PlumblineDatabase;
  readonly #feeds: readonly Feed[];
  readonly #statuses: CollectionStore;
  readonly #now: () => Date;

  private constructor(options: {
    database: PlumblineDatabase;
    feeds: readonly Feed[];
    statuses: CollectionStore;
    now?: () => Date;
  }) {
    this.#database = options.database;
    this.#feeds = options.feeds;
    this.#statuses = options.statuses;
    this.#now = options.now ?? (() => new Date());
  }

  static create(options: {
    database: PlumblineDatabase;
    feeds: readonly Feed[];
    statuses: CollectionStore;
    now?: () => Date;
  }): SourceDetailsStore {
    return new SourceDetailsStore(options);
  }

  /** Every registered source, in the order of registration. */
  async getDetails(): Promise<SourceDetails[]> {
    const { knex } = this.#database;
    const [statuses, sources, months, ended, paid] = await Promise.all([
      this.#statuses.getStatuses(),
      knex('source').select('id', 'source_id', 'paused_at', 'paused_by'),
      this.#months(),
      knex('collection_run')
        .whereIn(
          'id',
          knex('collection_run')
            .whereNot({ state: 'running' })
            .groupBy('source_id')
            .max('id'),
        )
        .select('source_id', 'failed_partitions'),
      knex('paid_call')
        .where('day', '>', dayOfInstant(this.#now()) - PAID_DAYS)
        .groupBy('source_id')
        .select('source_id')
        .sum({ calls: 'calls' }),
    ]);
    return statuses.map((status): SourceDetails => {
      const source = sources.find(row => row.source_id === status.id);
      const isIts = (row: Row) => Number(row.source_id) === source?.id;
      const run = ended.find(isIts);
      return {
        ...status,
        schedule: describeSchedule(
          this.#feedOf(status.id).source.schedule.frequency,
        ),
        pause: pauseOf(status, source),
        paidCallsLast30Days: Number(paid.find(isIts)?.calls ?? 0),
        months: months.filter(isIts).map(toMonth),
        failedMonths: run ? [...new Set(failedMonthsOf(run))].sort() : [],
      };
    });
  }

  /** What readers see now, the latest first. */
  async #months(): Promise<Row[]> {
    const monthsOf = (table: string, pointer: string): Promise<Row[]> =>
      this.#database
        .knex(table)
        .whereNotNull(pointer)
        .orderBy('month', 'desc')
        .select('source_id', 'month', 'published_at', 'rows_read');
    const [costs, usage] = await Promise.all([
      monthsOf('cost_partition', 'entity_generation'),
      monthsOf('usage_partition', 'generation'),
    ]);
    return [...costs, ...usage];
  }

  #feedOf(sourceId: string): Feed {
    return this.#feeds.find(({ source }) => source.id === sourceId)!;
  }
}

function pauseOf(
  status: SourceStatus,
  source: Row | undefined,
): SourcePause | undefined {
  const since = instantFromDatabase(source?.paused_at);
  if (since) {
    return {
      reason: 'operator',
      since: since.toISOString(),
      by: (source?.paused_by as EntityRef | null) ?? undefined,
    };
  }
  return status.state === 'paused' ? { reason: 'budget' } : undefined;
}

function toMonth(row: Row): SourceMonth {
  return {
    month: String(row.month),
    publishedAt: instantFromDatabase(row.published_at)?.toISOString(),
    ...(row.rows_read !== null && { rows: Number(row.rows_read) }),
  };
}
