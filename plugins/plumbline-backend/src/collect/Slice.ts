import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import type { RunState } from '@plumbline/backstage-plugin-plumbline-common';
import type { PaidCallBudget } from '@plumbline/backstage-plugin-plumbline-node';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { canPass } from './errors';
import type { Feed, PartOutcome } from './Feed';
import { LostTicketError, type Lease } from './Lease';
import { problemsOf } from './problemsOf';
import { addProblems, type Run, type RunLedger } from './RunLedger';

/** How often and how soon a slice tries again after an error that may pass. @internal */
export interface RetryOptions {
  maxAttempts: number;
  initialDelayMs: number;
  maxDelayMs: number;
}

/** `more`: the run isn't at its end; `stopped`: its process is, or its task's time. @internal */
export type SliceEnd = Exclude<RunState, 'running'> | 'more';

/** How far one reading of the source got. */
type Reading = 'end' | 'interrupted';

/**
 * Works on a run until it ends or the slice's time is over, and keeps the ledger.
 *
 * @internal
 */
export class Slice {
  constructor(
    private readonly options: {
      feed: Feed;
      lease: Lease;
      run: Run;
      ledger: RunLedger;
      budget: PaidCallBudget;
      retry: RetryOptions;
      /** Aborted when the slice's time is over or the process stops. */
      signal: AbortSignal;
      logger: LoggerService;
    },
  ) {}

  /**
   * @returns the state the run ends with, or `more`
   * @throws LostTicketError when another slice took over
   */
  async work(): Promise<SliceEnd> {
    const { signal, run } = this.options;
    try {
      for (;;) {
        if ((await this.readWithRetries()) === 'end') {
          return signal.aborted ? 'more' : this.endState();
        }
      }
    } catch (error) {
      if (error instanceof LostTicketError) {
        throw error;
      }
      if (signal.aborted) {
        return 'more';
      }
      if (isError(error) && error.name === 'BudgetExhaustedError') {
        addProblems(run, [{ severity: 'warning', message: error.message }]);
        return 'budget-exhausted';
      }
      this.options.logger.warn('Reading a source failed', error as Error);
      addProblems(run, problemsOf(error));
      return run.published + run.unchanged > 0 ? 'partial' : 'failed';
    }
  }

  private async readWithRetries(): Promise<Reading> {
    const { retry: limits, signal, logger } = this.options;
    const policy = retry(
      handleWhen(error => !signal.aborted && canPass(error)),
      {
        maxAttempts: limits.maxAttempts,
        backoff: new ExponentialBackoff({
          initialDelay: limits.initialDelayMs,
          maxDelay: limits.maxDelayMs,
        }),
      },
    );
    policy.onRetry(({ delay, attempt, ...failure }) =>
      logger.warn(
        `Reading a source failed, attempt ${attempt} follows in ${Math.round(
          delay,
        )} ms: ${'error' in failure ? stringifyError(failure.error) : ''}`,
      ),
    );
    let reading: Promise<unknown> = Promise.resolve();
    const attempts = policy.execute(() => {
      const attempt = this.read();
      reading = attempt;
      return attempt;
    }, signal);
    return Promise.race([attempts, cutShort(signal, () => reading)]);
  }

  /** Reads on from the cursor. An error after some progress is no reason to lose patience. */
  private async read(): Promise<Reading> {
    const { feed, lease, run, budget, signal, logger } = this.options;
    signal.throwIfAborted();
    let progressed = false;
    try {
      const parts = feed.collect(
        {
          window: run.window,
          cursor: run.cursor,
          published: await feed.published(lease.sourceKey),
          budget,
          signal,
          logger,
        },
        lease,
      );
      for await (const part of parts) {
        progressed = true;
        await this.book(part);
      }
      return 'end';
    } catch (error) {
      if (progressed && !signal.aborted && canPass(error)) {
        logger.warn(
          `Reading a source failed after '${
            run.cursor
          }', reading on from there: ${stringifyError(error)}`,
        );
        return 'interrupted';
      }
      throw error;
    }
  }

  private async book(part: PartOutcome): Promise<void> {
    const { run, lease, ledger, logger } = this.options;
    run[part.outcome] += 1;
    run.rows += part.rows;
    if (part.outcome === 'failed') {
      run.failedMonths.push(part.partition);
    }
    run.cursor = part.cursor;
    run.attempts = 0;
    addProblems(run, part.problems);
    await ledger.save(lease, run);
    logger.debug(`Partition ${part.partition} ${part.outcome}`);
  }

  private endState(): SliceEnd {
    const { run } = this.options;
    if (run.failed === 0) {
      return 'succeeded';
    }
    return run.published + run.unchanged > 0 ? 'partial' : 'failed';
  }
}

/**
 * The policy sleeps between attempts without an eye on the signal; whoever waits for it is not to wait for that.
 * An attempt under way still comes to its end: nothing may be written once the ticket is given back.
 */
async function cutShort(
  signal: AbortSignal,
  attempt: () => Promise<unknown>,
): Promise<never> {
  await aborted(signal);
  await attempt().catch(() => {});
  throw signal.reason;
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted
    ? Promise.resolve()
    : new Promise(resolve =>
        signal.addEventListener('abort', resolve, { once: true }),
      );
}
