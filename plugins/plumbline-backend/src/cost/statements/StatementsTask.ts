import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { StateStore } from '../../bindings/StateStore';
import type { PlumblineDatabase } from '../../database';
import type { EntityCostMaterializer } from '../materialise';
import { SumRuleError } from '../materialise/costSums';
import { ClosedMonths } from './ClosedMonths';
import type { ClosingCalendar } from './ClosingCalendar';
import { MonthCloser } from './MonthCloser';
import { OpenMonths } from './OpenMonths';
import { Restater } from './Restater';
import { StatementStore } from './StatementStore';

/** @internal */
export interface StatementsTaskOptions {
  database: PlumblineDatabase;
  materializer: Pick<EntityCostMaterializer, 'rebuild'>;
  calendar: ClosingCalendar;
  logger: LoggerService;
  now?: () => Date;
}

/**
 * The scheduled pass: closes the months whose time has come, and states what changed in closed ones.
 *
 * @internal
 */
export class StatementsTask {
  readonly #logger: LoggerService;
  readonly #state: StateStore;
  readonly #statements: StatementStore;
  readonly #closer: MonthCloser;
  readonly #restater: Restater;
  readonly #closed: ClosedMonths;
  readonly #open: OpenMonths;
  readonly #now: () => Date;

  private constructor(options: StatementsTaskOptions) {
    this.#logger = options.logger;
    this.#state = StateStore.create(options);
    this.#statements = StatementStore.create(options);
    this.#closer = MonthCloser.create(options);
    this.#restater = Restater.create(options);
    this.#closed = ClosedMonths.create(options);
    this.#open = OpenMonths.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  static create(options: StatementsTaskOptions): StatementsTask {
    return new StatementsTask(options);
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'plumbline-statements',
      // Cheap while nothing is due and nothing changed.
      frequency: { minutes: 1 },
      initialDelay: { seconds: 30 },
      timeout: { minutes: 15 },
      scope: 'global',
      fn: signal => this.run(signal),
    });
  }

  /** One pass; what a pass that was stopped leaves, the next one does. */
  async run(signal?: AbortSignal): Promise<void> {
    // Before the catalog is there, everything would be stated as nobody's.
    if (!(await this.#state.get('catalog_settled_at'))) {
      return;
    }
    const now = this.#now();
    await this.#state.swap('statements_since', undefined, now.toISOString());
    await this.#statements.clearAway(now);
    for (const { month, history } of await this.#open.due()) {
      signal?.throwIfAborted();
      await this.#attempt(
        month,
        () => this.#close(month, history, signal),
        signal,
      );
    }
    for (const month of (await this.#closed.list()).keys()) {
      signal?.throwIfAborted();
      await this.#attempt(month, () => this.#restate(month, signal), signal);
    }
  }

  async #close(
    month: Month,
    history: boolean,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await this.#closer.close({
      month,
      occasion: history ? 'history' : 'schedule',
      signal,
    });
    this.#logger.info(`Closed ${month}`);
  }

  async #restate(month: Month, signal: AbortSignal | undefined): Promise<void> {
    if (await this.#restater.restate(month, signal)) {
      this.#logger.info(`Restated ${month}`);
    }
  }

  /**
   * Does it where it can be done; keeps why it could not, for whoever looks. The trouble of one month is no reason to
   * leave out the others.
   */
  async #attempt(
    month: Month,
    act: () => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const key = `statement_refused ${month}` as const;
    try {
      await act();
      await this.#state.set(key, undefined);
    } catch (error) {
      if (error instanceof SumRuleError) {
        this.#logger.error(error.message);
        await this.#state.set(key, error.message);
      } else if (error instanceof ConflictError) {
        this.#logger.debug(error.message);
      } else {
        signal?.throwIfAborted();
        this.#logger.error(`${month} could not be stated`, error as Error);
        await this.#state.set(
          key,
          `${month} could not be stated; the back end's log says why.`,
        );
      }
    }
  }
}
