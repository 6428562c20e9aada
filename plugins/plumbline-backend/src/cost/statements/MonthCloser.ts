import { ConflictError, InputError } from '@backstage/errors';
import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import type { PlumblineDatabase } from '../../database';
import type { EntityCostMaterializer } from '../materialise';
import { sameSums, SumRuleError } from '../materialise/costSums';
import { amountsOf } from './amounts';
import { ClosedMonths } from './ClosedMonths';
import { isOver } from './ClosingCalendar';
import { MonthPartitions, samePartitions } from './MonthPartitions';
import type { MonthPartition } from './MonthPartitions';
import { Obstacles } from './Obstacles';
import { StatementLines } from './StatementLines';
import { StatementStore } from './StatementStore';
import type { Draft, Occasion } from './StatementStore';

/** @internal */
export interface MonthCloserOptions {
  database: PlumblineDatabase;
  materializer: Pick<EntityCostMaterializer, 'rebuild'>;
  now?: () => Date;
}

/** How a month is closed. @internal */
export interface Closing {
  month: Month;
  occasion: Exclude<Occasion, 'restatement'>;
  /** Who closes it by hand. */
  by?: string;
  /** Closes it although it is incomplete, for this reason. */
  force?: { reason: string };
  signal?: AbortSignal;
}

/**
 * Closes months: writes what their live generations hold as lines that nobody sees, and then shows them all at
 * once. A process that dies on the way leaves the month open.
 *
 * @internal
 */
export class MonthCloser {
  readonly #options: MonthCloserOptions;
  readonly #database: PlumblineDatabase;
  readonly #closed: ClosedMonths;
  readonly #partitions: MonthPartitions;
  readonly #lines: StatementLines;
  readonly #statements: StatementStore;
  readonly #obstacles: Obstacles;
  readonly #now: () => Date;

  private constructor(options: MonthCloserOptions) {
    this.#options = options;
    this.#database = options.database;
    this.#closed = ClosedMonths.create(options);
    this.#partitions = MonthPartitions.create(options);
    this.#lines = StatementLines.create(options);
    this.#statements = StatementStore.create(options);
    this.#obstacles = Obstacles.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  static create(options: MonthCloserOptions): MonthCloser {
    return new MonthCloser(options);
  }

  /** Why the month is not complete, in sentences; none where it is. */
  async obstacles(month: Month): Promise<string[]> {
    return (await this.#obstacles.read()).of(month);
  }

  /**
   * @throws InputError for a month that is not over
   * @throws ConflictError when it is closed already, incomplete and not forced, or changes right now
   * @throws SumRuleError when its lines would not add up to the sources' totals
   */
  async close(closing: Closing): Promise<void> {
    const { month, force, signal } = closing;
    // Whose the charges are is settled from here on.
    const bindingsVersion = await this.#bindingsVersion();
    const closedAt = this.#now();
    if (!isOver(month, closedAt)) {
      throw new InputError(
        `${month} is not over yet; it can be closed from the first of the next month on (UTC)`,
      );
    }
    if (await this.#closed.closedAt(month)) {
      throw new ConflictError(`${month} is closed already`);
    }
    const obstacles = await this.obstacles(month);
    if (obstacles.length > 0 && !force) {
      throw new ConflictError(
        `${month} is not complete. ${obstacles.join(' ')}`,
      );
    }
    const partitions = await this.#settledPartitions(month, signal);
    const draft = await this.#statements.open(
      month,
      closing.occasion,
      closedAt,
    );
    try {
      await this.#lines.write({
        statementId: draft.id,
        month,
        live: partitions.map(({ entityGeneration }) => entityGeneration),
        stated: [],
        signal,
      });
      await this.#publish(draft, closing, {
        obstacles,
        partitions,
        bindingsVersion,
        closedAt,
      });
    } catch (error) {
      await this.#statements.giveUp(draft);
      throw error;
    }
  }

  /** The month's deliveries, added up with the links as they are now. */
  async #settledPartitions(
    month: Month,
    signal: AbortSignal | undefined,
  ): Promise<MonthPartition[]> {
    const outdated = await this.#outdated(month);
    if (outdated.length > 0) {
      await this.#options.materializer.rebuild({
        partitionIds: outdated.map(({ id }) => id),
        signal,
      });
      if ((await this.#outdated(month)).length > 0) {
        throw linksChange(month);
      }
    }
    const partitions = await this.#partitions.ofMonth(month);
    if (partitions.length === 0) {
      throw new ConflictError(
        `No source has delivered anything for ${month}: there is nothing to close`,
      );
    }
    return partitions;
  }

  /** Deliveries that were added up with other links than the present ones, where their rows are still kept. */
  async #outdated(month: Month): Promise<MonthPartition[]> {
    const present = await this.#bindingsVersion();
    const partitions = await this.#partitions.ofMonth(month);
    return partitions.filter(
      ({ resourceGeneration, bindingsVersion }) =>
        resourceGeneration !== undefined && bindingsVersion !== present,
    );
  }

  /** @param within - reads within a transaction, and keeps others from changing links until its end */
  async #bindingsVersion(within?: Knex.Transaction): Promise<number> {
    const query = (within ?? this.#database.knex)('plumbline_state')
      .where({ key: 'bindings_version' })
      .first('value');
    const row = await (within ? query.forShare() : query);
    return Number(row.value);
  }

  async #publish(
    draft: Draft,
    closing: Closing,
    settled: {
      obstacles: readonly string[];
      partitions: readonly MonthPartition[];
      bindingsVersion: number;
      closedAt: Date;
    },
  ): Promise<void> {
    const { month } = closing;
    const { obstacles, partitions, bindingsVersion, closedAt } = settled;
    const sums = await this.#lines.sums([draft.id]);
    if (!sameSums(sums, await this.#partitions.totalsOf(partitions))) {
      throw new SumRuleError(
        `${month} stays open: its lines don't add up to the totals that ${listed(
          partitions,
        )} gave`,
      );
    }
    const totals = await amountsOf(this.#database, sums);
    try {
      await this.#database.knex.transaction(async trx => {
        // Links that changed since are in the lines, or will be in the next ones, but were not known at closing.
        if ((await this.#bindingsVersion(trx)) !== bindingsVersion) {
          throw linksChange(month);
        }
        const live = await this.#partitions.ofMonth(month, trx);
        if (!samePartitions(live, partitions)) {
          throw new ConflictError(
            `${month} was delivered again while it was being closed; try again`,
          );
        }
        await trx('closed_month').insert({ month, closed_at: closedAt });
        await this.#partitions.saveStated(month, partitions, trx);
        await this.#statements.publish(
          draft,
          {
            number: 0,
            statedAt: closedAt,
            occasion: closing.occasion,
            statedBy: closing.by,
            reason: obstacles.length > 0 ? closing.force?.reason : undefined,
            obstacles,
            causes: partitions.map(({ source }) => ({
              source,
              cause: 'stated',
            })),
            totals,
          },
          trx,
        );
      });
    } catch (error) {
      if (this.#database.dialect.isUniqueViolation(error)) {
        throw new ConflictError(`${month} is closed already`);
      }
      throw error;
    }
  }
}

function linksChange(month: Month): ConflictError {
  return new ConflictError(
    `The links between resources and entities change right now; try to close ${month} again in a minute`,
  );
}

function listed(partitions: readonly MonthPartition[]): string {
  return partitions.map(({ source }) => `'${source}'`).join(', ');
}
