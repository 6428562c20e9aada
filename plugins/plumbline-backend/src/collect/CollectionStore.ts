import type { HumanDuration } from '@backstage/types';
import type {
  FreshnessState,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import { Duration } from 'luxon';
import {
  dayOfInstant,
  dayToText,
  instantFromDatabase,
  type PlumblineDatabase,
} from '../database';
import type { Feed } from './Feed';
import { toCollectionRun } from './RunLedger';
import { nextRun } from './schedules';

type Row = Record<string, unknown>;

/**
 * What the ledger knows of each source: for the status page, and for how current a figure is.
 *
 * @internal
 */
export class CollectionStore {
  static create(options: {
    database: PlumblineDatabase;
    feeds: readonly Feed[];
    /** After how long without success a source is stale; 48 hours. */
    staleAfter?: HumanDuration;
    /** How far the data may lie behind today before the source is stale, however well its runs end; 5 days. */
    dataStaleAfter?: HumanDuration;
    now?: () => Date;
  }): CollectionStore {
    return new CollectionStore(
      options.database,
      options.feeds,
      Duration.fromObject(options.staleAfter ?? { hours: 48 }).toMillis(),
      Duration.fromObject(options.dataStaleAfter ?? { days: 5 }).toMillis(),
      options.now ?? (() => new Date()),
    );
  }

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly feeds: readonly Feed[],
    private readonly staleAfterMs: number,
    private readonly dataStaleAfterMs: number,
    private readonly now: () => Date,
  ) {}

  /** Every registered source, in the order of registration. */
  async getStatuses(): Promise<SourceStatus[]> {
    const { knex } = this.database;
    const [sources, lastRuns, lastEnded, through, paid] = await Promise.all([
      knex('source').select('id', 'source_id', 'last_success_at', 'paused_at'),
      this.lastRuns(),
      this.lastRuns({ ended: true }),
      this.dataThrough(),
      knex('paid_call')
        .where({ day: dayOfInstant(this.now()) })
        .select('source_id', 'calls'),
    ]);
    const bySource = (rows: Row[]) =>
      new Map(rows.map(row => [Number(row.source_id), row]));
    const runs = bySource(lastRuns);
    const ended = bySource(lastEnded);
    const days = bySource(through);
    const calls = bySource(paid);

    return this.feeds.map(({ source, domain }) => {
      const row = sources.find(({ source_id: id }) => id === source.id);
      const key = Number(row?.id ?? 0);
      const paused = row ? row.paused_at !== null : false;
      const run = runs.get(key);
      const day = days.get(key)?.data_through ?? undefined;
      const dataThrough =
        day === undefined ? undefined : dayToText(Number(day));
      const lastSuccess = instantFromDatabase(row?.last_success_at);
      return {
        id: source.id,
        domain,
        title: source.title,
        state: paused ? 'paused' : this.stateOf(ended.get(key), dataThrough),
        dataThrough,
        lastRun: run && toCollectionRun(run),
        lastSuccessAt: lastSuccess?.toISOString(),
        nextRunAt: paused
          ? undefined
          : nextRun(
              source.schedule.frequency,
              instantFromDatabase(run?.started_at),
              this.now(),
            )?.toISOString(),
        paidCallsToday: Number(calls.get(key)?.calls ?? 0),
        paidCallsPerDay: source.paidCallsPerDay,
      };
    });
  }

  private async dataThrough(): Promise<Row[]> {
    const { knex } = this.database;
    const latest = (table: string, pointer: string): Promise<Row[]> =>
      knex(table)
        .whereNotNull(pointer)
        .groupBy('source_id')
        .select('source_id')
        .max('data_through as data_through');
    const [costs, usage] = await Promise.all([
      latest('cost_partition', 'resource_generation'),
      latest('usage_partition', 'generation'),
    ]);
    return [...costs, ...usage];
  }

  private async lastRuns(options: { ended?: boolean } = {}): Promise<Row[]> {
    const { knex } = this.database;
    const last = knex('collection_run').groupBy('source_id').max('id');
    return knex('collection_run').whereIn(
      'id',
      options.ended ? last.whereNot({ state: 'running' }) : last,
    );
  }

  private stateOf(
    lastEnded: Row | undefined,
    dataThrough: string | undefined,
  ): FreshnessState {
    switch (lastEnded?.state) {
      case undefined:
        return 'unknown';
      case 'succeeded':
        // A run that found nothing, ever, says nothing.
        if (dataThrough === undefined) {
          return 'unknown';
        }
        return this.isStale(lastEnded) || this.isBehind(dataThrough)
          ? 'stale'
          : 'fresh';
      case 'partial':
        return 'partial';
      case 'budget-exhausted':
        return 'paused';
      default:
        return 'failing';
    }
  }

  private isStale(run: Row): boolean {
    const finished = instantFromDatabase(run.finished_at)?.getTime() ?? 0;
    return finished < this.now().getTime() - this.staleAfterMs;
  }

  /** Runs may go on succeeding when nothing is delivered any more. */
  private isBehind(dataThrough: string): boolean {
    const ends = Date.parse(`${dataThrough}T24:00:00Z`);
    return ends < this.now().getTime() - this.dataStaleAfterMs;
  }
}
