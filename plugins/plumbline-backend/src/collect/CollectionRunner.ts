import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';
import { Duration } from 'luxon';
import { instantFromDatabase, type PlumblineDatabase } from '../database';
import { DailyBudget } from './DailyBudget';
import type { Feed } from './Feed';
import { LostTicketError, type Lease } from './Lease';
import { addProblems, RunLedger, type Run } from './RunLedger';
import { Slice, type RetryOptions, type SliceEnd } from './Slice';
import { SourceStore } from './SourceStore';
import { windowOfRun } from './window';

/** Slices without progress after which a run is given up. */
const MAX_ATTEMPTS = 3;

/** @internal */
export interface CollectionRunnerOptions {
  database: PlumblineDatabase;
  logger: LoggerService;
  /** Aborts the slices at work when the process stops. */
  lifecycle?: Pick<LifecycleService, 'addShutdownHook'>;
  /** A slice's time; 15 minutes. */
  sliceDuration?: HumanDuration;
  retry?: Partial<RetryOptions>;
  now?: () => Date;
}

/** The task that collects a source. @internal */
export function collectTaskId(sourceId: string): string {
  return `plumbline-collect-${sourceId}`;
}

/**
 * The one runner for all sources. A run is worked on in slices, each with a ticket of its own, its cursor in
 * the ledger; what a slice leaves, the next one goes on with, in whatever process.
 *
 * @internal
 */
export class CollectionRunner {
  static create(options: CollectionRunnerOptions): CollectionRunner {
    return new CollectionRunner(options);
  }

  private readonly sources: SourceStore;
  private readonly ledger: RunLedger;
  private readonly shutdown = new AbortController();
  private readonly now: () => Date;
  private readonly sliceMs: number;
  private readonly retry: RetryOptions;

  private constructor(private readonly options: CollectionRunnerOptions) {
    this.sources = SourceStore.create(options);
    this.ledger = RunLedger.create(options);
    this.now = options.now ?? (() => new Date());
    this.sliceMs = Duration.fromObject(
      options.sliceDuration ?? { minutes: 15 },
    ).toMillis();
    this.retry = {
      maxAttempts: 4,
      initialDelayMs: 1_000,
      maxDelayMs: 60_000,
      ...options.retry,
    };
    options.lifecycle?.addShutdownHook(() => this.shutdown.abort());
  }

  /** Registers the sources and schedules a task for each. */
  async schedule(
    feeds: readonly Feed[],
    scheduler: SchedulerService,
  ): Promise<void> {
    await this.sources.retireAllBut(
      feeds.map(({ source }) => source.id),
      this.now(),
    );
    for (const feed of feeds) {
      await this.sources.register(feed.source, feed.domain);
      await scheduler.scheduleTask({
        ...feed.source.schedule,
        scope: 'global',
        id: collectTaskId(feed.source.id),
        fn: signal => this.run(feed, signal),
      });
    }
  }

  /** Goes on with the source's run, or starts one, slice after slice, until it ends or the signal does. */
  async run(feed: Feed, signal: AbortSignal): Promise<void> {
    const stop = AbortSignal.any([signal, this.shutdown.signal]);
    const logger = this.options.logger.child({ source: feed.source.id });
    const sourceKey = await this.sources.register(feed.source, feed.domain);
    let end: SliceEnd = 'more';
    while (end === 'more' && !stop.aborted) {
      const lease = await this.sources.takeTicket(
        feed.source.id,
        sourceKey,
        this.now(),
      );
      if (!lease) {
        logger.info('Nothing is collected: the source is paused');
        return;
      }
      try {
        end = await this.slice(feed, lease, stop, logger);
      } catch (error) {
        if (error instanceof LostTicketError) {
          logger.warn(error.message);
          return;
        }
        throw error;
      } finally {
        await this.sources.releaseTicket(lease);
      }
    }
  }

  private async slice(
    feed: Feed,
    lease: Lease,
    stop: AbortSignal,
    logger: LoggerService,
  ): Promise<SliceEnd> {
    const run =
      (await this.ledger.unfinished(lease)) ?? (await this.start(feed, lease));
    if (run.attempts >= MAX_ATTEMPTS) {
      return this.abandon(lease, run, logger);
    }
    run.slices += 1;
    run.attempts += 1;
    await this.ledger.save(lease, run);

    const end = await new Slice({
      feed,
      lease,
      run,
      ledger: this.ledger,
      budget: await DailyBudget.open({
        database: this.options.database,
        lease,
        callsPerDay: feed.source.paidCallsPerDay,
        now: this.now,
        onSpent: calls => {
          run.paidCalls += calls;
        },
      }),
      retry: this.retry,
      signal: AbortSignal.any([stop, AbortSignal.timeout(this.sliceMs)]),
      logger,
    }).work();

    if (end === 'more') {
      await this.ledger.save(lease, run);
    } else {
      await this.ledger.finish(lease, run, end, this.now());
      logger.info(
        `Collection ${end}: ${run.published} partitions published, ${run.unchanged} unchanged, ${run.failed} failed, ${run.rows} rows, ${run.paidCalls} paid calls`,
      );
    }
    return end;
  }

  private async start(feed: Feed, lease: Lease): Promise<Run> {
    const now = this.now();
    return this.ledger.start(
      lease,
      windowOfRun({
        now,
        restatedMonths: feed.source.restatedMonths,
        lastSuccess: instantFromDatabase(
          await this.sources.lastSuccess(lease.sourceKey),
        ),
      }),
      now,
    );
  }

  /** Gives up a run that comes to no end, so that the next one starts afresh at its own time. */
  private async abandon(
    lease: Lease,
    run: Run,
    logger: LoggerService,
  ): Promise<SliceEnd> {
    const message = `The run was taken up ${run.attempts} times after ${
      run.cursor ? `'${run.cursor}'` : 'its start'
    } and never got further; the process stopped each time, or one partition takes longer than a slice`;
    logger.error(message);
    addProblems(run, [{ severity: 'error', message }]);
    await this.ledger.finish(lease, run, 'abandoned', this.now());
    return 'abandoned';
  }
}
