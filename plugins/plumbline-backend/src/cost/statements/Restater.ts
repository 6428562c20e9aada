import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import { addSums, sameSums, SumRuleError } from '../materialise/costSums';
import type { SumsByCurrency } from '../materialise/costSums';
import { amountsOf } from './amounts';
import { MonthPartitions, samePartitions } from './MonthPartitions';
import type { MonthPartition, StatedPartition } from './MonthPartitions';
import { StatementLines } from './StatementLines';
import { StatementStore } from './StatementStore';
import type { Cause, Draft, StatementRecord } from './StatementStore';

/**
 * Follows closed months: where a source delivered one anew, states the differences, so that the month as it was
 * closed and everything stated since are together what is live.
 *
 * @internal
 */
export class Restater {
  readonly #database: PlumblineDatabase;
  readonly #partitions: MonthPartitions;
  readonly #lines: StatementLines;
  readonly #statements: StatementStore;
  readonly #now: () => Date;

  private constructor(database: PlumblineDatabase, now: () => Date) {
    this.#database = database;
    this.#partitions = MonthPartitions.create({ database });
    this.#lines = StatementLines.create({ database });
    this.#statements = StatementStore.create({ database });
    this.#now = now;
  }

  static create(options: {
    database: PlumblineDatabase;
    now?: () => Date;
  }): Restater {
    return new Restater(options.database, options.now ?? (() => new Date()));
  }

  /**
   * Why new deliveries of the month are not taken, in sentences: one without any charge is a fault of the delivery
   * rather than a month that cost nothing.
   */
  async held(month: Month): Promise<string[]> {
    const [partitions, stated] = await Promise.all([
      this.#partitions.ofMonth(month),
      this.#partitions.statedOf(month),
    ]);
    return partitions
      .filter(partition => isEmptied(partition, stated))
      .map(
        ({ source }) =>
          `Source '${source}' has delivered this month again without any charge. That is not taken as zero; nothing is restated until it delivers charges.`,
      );
  }

  /**
   * States what changed in a closed month.
   *
   * @returns whether anything did
   * @throws SumRuleError when the differences don't add up
   */
  async restate(month: Month, signal?: AbortSignal): Promise<boolean> {
    const partitions = await this.#partitions.ofMonth(month);
    const stated = await this.#partitions.statedOf(month);
    const changed = partitions.filter(
      ({ sourceKey, entityGeneration }) =>
        stated.get(sourceKey)?.entityGeneration !== entityGeneration,
    );
    if (
      changed.length === 0 ||
      partitions.some(partition => isEmptied(partition, stated))
    ) {
      return false;
    }
    const before = await this.#statements.list([month]);
    const draft = await this.#statements.open(
      month,
      'restatement',
      this.#now(),
    );
    try {
      const lines = await this.#lines.write({
        statementId: draft.id,
        month,
        live: partitions.map(({ entityGeneration }) => entityGeneration),
        stated: before.map(({ id }) => id),
        signal,
      });
      const sums = await this.#checkedSums(draft, before, partitions);
      const restated = await this.#publish({
        draft,
        before,
        partitions,
        sums: lines > 0 ? sums : undefined,
        causes: changed.map(partition => causeOf(partition, stated)),
      });
      if (!restated) {
        await this.#statements.giveUp(draft);
      }
      return restated;
    } catch (error) {
      await this.#statements.giveUp(draft);
      throw error;
    }
  }

  async #checkedSums(
    draft: Draft,
    before: readonly StatementRecord[],
    partitions: readonly MonthPartition[],
  ): Promise<SumsByCurrency> {
    const change = await this.#lines.sums([draft.id]);
    const together = await this.#lines.sums(before.map(({ id }) => id));
    for (const [currency, { effective, billed }] of change) {
      addSums(together, currency, effective, billed);
    }
    if (!sameSums(together, await this.#partitions.totalsOf(partitions))) {
      throw new SumRuleError(
        `${draft.month} is not restated: what was stated and what changed don't add up to the sources' totals`,
      );
    }
    return change;
  }

  /** @returns whether a restatement can be seen now; not where nothing changed, or somebody was faster */
  async #publish(options: {
    draft: Draft;
    before: readonly StatementRecord[];
    partitions: readonly MonthPartition[];
    /** Absent where there are no differences. */
    sums: SumsByCurrency | undefined;
    causes: readonly Cause[];
  }): Promise<boolean> {
    const { draft, before, partitions, sums, causes } = options;
    const totals = sums && (await amountsOf(this.#database, sums));
    try {
      return await this.#database.knex.transaction(async trx => {
        const live = await this.#partitions.ofMonth(draft.month, trx);
        const stated = await this.#statements.count(draft.month, trx);
        // What has moved on meanwhile is compared anew the next time.
        if (!samePartitions(live, partitions) || stated !== before.length) {
          return false;
        }
        await this.#partitions.saveStated(draft.month, partitions, trx);
        if (!totals) {
          return false;
        }
        await this.#statements.publish(
          draft,
          {
            number: before.length,
            statedAt: this.#now(),
            occasion: 'restatement',
            obstacles: [],
            causes,
            totals,
          },
          trx,
        );
        return true;
      });
    } catch (error) {
      if (this.#database.dialect.isUniqueViolation(error)) {
        return false;
      }
      throw error;
    }
  }
}

function isEmptied(
  partition: MonthPartition,
  stated: ReadonlyMap<number, StatedPartition>,
): boolean {
  return (
    !partition.hasRows && stated.get(partition.sourceKey)?.hasRows === true
  );
}

function causeOf(
  { source, sourceKey, fingerprint }: MonthPartition,
  stated: ReadonlyMap<number, StatedPartition>,
): Cause {
  const before = stated.get(sourceKey);
  if (!before) {
    return { source, cause: 'added' };
  }
  return {
    source,
    cause: before.fingerprint === fingerprint ? 'made-anew' : 'delivered-again',
  };
}
