import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { StateStore } from '../../bindings/StateStore';
import type { PlumblineDatabase } from '../../database';
import type { ClosingCalendar } from './ClosingCalendar';
import { Obstacles } from './Obstacles';

/** A month with charges that is not closed. @internal */
export interface OpenMonth {
  month: Month;
  /** Absent while the catalog has not been read. */
  closesAt?: Date;
  /** Whether that time has come. */
  due: boolean;
  /** It was over before Plumbline first started. */
  history: boolean;
  /** Why it can't be closed, in sentences. */
  obstacles: string[];
}

/**
 * The months that are not closed, when they will be, and what stands in the way.
 *
 * @internal
 */
export class OpenMonths {
  readonly #database: PlumblineDatabase;
  readonly #calendar: ClosingCalendar;
  readonly #obstacles: Obstacles;
  readonly #state: StateStore;
  readonly #now: () => Date;

  private constructor(
    database: PlumblineDatabase,
    calendar: ClosingCalendar,
    now: () => Date,
  ) {
    this.#database = database;
    this.#calendar = calendar;
    this.#obstacles = Obstacles.create({ database });
    this.#state = StateStore.create({ database });
    this.#now = now;
  }

  static create(options: {
    database: PlumblineDatabase;
    calendar: ClosingCalendar;
    now?: () => Date;
  }): OpenMonths {
    return new OpenMonths(
      options.database,
      options.calendar,
      options.now ?? (() => new Date()),
    );
  }

  /** The newest first. */
  async list(): Promise<OpenMonth[]> {
    const { knex } = this.#database;
    const [obstacles, since, closed, refused] = await Promise.all([
      this.#obstacles.read(),
      this.#state.get('statements_since'),
      knex('closed_month').pluck('month'),
      knex('plumbline_state')
        .where('key', 'like', 'statement_refused %')
        .select('key', 'value'),
    ]);
    const now = this.#now();
    return [...new Set(obstacles.sources.flatMap(({ months }) => [...months]))]
      .filter(month => !closed.includes(month))
      .sort()
      .reverse()
      .map(month => {
        const { at, history } = this.#calendar.closingOf(
          month,
          since ? new Date(since) : undefined,
        );
        const refusal = refused.find(
          ({ key }) => key === `statement_refused ${month}`,
        );
        return {
          month,
          closesAt: at,
          due: at !== undefined && at <= now,
          history,
          obstacles: [
            ...obstacles.of(month),
            ...(refusal ? [refusal.value] : []),
          ],
        };
      });
  }

  /** Months whose time has come, the oldest first. */
  async due(): Promise<OpenMonth[]> {
    return (await this.list()).filter(({ due }) => due).reverse();
  }
}
