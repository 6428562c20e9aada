import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  addMonths,
  MAX_BATCH,
  monthOfInstant,
  unitsAndNanos,
  type PlumblineDatabase,
} from '../../database';
import { ClosedMonths } from '../statements';
import { partitionCoverage } from './PartitionCoverage';
import type { CoverageSum } from './ResourceParts';
import { Proofs } from './Proofs';

/** Months before the present one in which a link that was just confirmed still shows. */
const FOLLOWED_MONTHS = 1;

interface DuePartition {
  id: number;
  month: string;
  resource_generation: number;
  entity_generation: number;
}

/**
 * Keeps coverage by account up to date with what readers see: worked out anew, the latest month first, for each
 * partition that was published or allocated anew. What a task that was stopped leaves, the next one takes.
 *
 * @internal
 */
export class CoverageTask {
  readonly #database: PlumblineDatabase;
  readonly #logger: LoggerService;
  readonly #closedMonths: ClosedMonths;
  readonly #now: () => Date;

  private constructor(options: {
    database: PlumblineDatabase;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#database = options.database;
    this.#logger = options.logger;
    this.#closedMonths = ClosedMonths.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  static create(options: {
    database: PlumblineDatabase;
    logger: LoggerService;
    now?: () => Date;
  }): CoverageTask {
    return new CoverageTask(options);
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'plumbline-coverage',
      frequency: { minutes: 1 },
      initialDelay: { seconds: 20 },
      timeout: { minutes: 15 },
      scope: 'global',
      fn: async signal => {
        await this.run(signal);
      },
    });
  }

  /** @returns how many partitions were worked out */
  async run(signal?: AbortSignal): Promise<number> {
    const proofs = await Proofs.fingerprint(this.#database);
    const due = await this.#due(proofs);
    let done = 0;
    for (const partition of due) {
      signal?.throwIfAborted();
      const computedAt = this.#now();
      const sums = await partitionCoverage(
        this.#database,
        partition.resource_generation,
        {
          knownAt: await this.#closedMonths.closedAt(partition.month),
          signal,
        },
      );
      if (await this.#write(partition, sums, proofs, computedAt)) {
        done += 1;
      }
    }
    if (done > 0) {
      this.#logger.debug(`Worked out the coverage of ${done} partitions`);
    }
    return done;
  }

  async #due(proofs: string): Promise<DuePartition[]> {
    const { knex } = this.#database;
    const since = addMonths(monthOfInstant(this.#now()), -FOLLOWED_MONTHS);
    return knex('cost_partition as p')
      .join('source', 'source.id', 'p.source_id')
      .leftJoin('coverage_partition as c', 'c.partition_id', 'p.id')
      .whereNull('source.retired_at')
      .whereNotNull('p.resource_generation')
      .whereNotNull('p.entity_generation')
      .where(other =>
        other
          .whereNull('c.partition_id')
          .orWhereRaw('c.resource_generation <> p.resource_generation')
          .orWhereRaw('c.entity_generation <> p.entity_generation')
          .orWhere(recent =>
            recent.where('p.month', '>=', since).whereNot('c.proofs', proofs),
          ),
      )
      .orderBy('p.month', 'desc')
      .select(
        'p.id',
        'p.month',
        'p.resource_generation',
        'p.entity_generation',
      );
  }

  /** @returns false where another generation was published meanwhile: it is due again */
  async #write(
    partition: DuePartition,
    sums: readonly CoverageSum[],
    proofs: string,
    computedAt: Date,
  ): Promise<boolean> {
    const { id, resource_generation, entity_generation } = partition;
    const rows = sums.map(sum => {
      const { units, nanos } = unitsAndNanos(sum.effective);
      return {
        partition_id: id,
        account_id: sum.account,
        currency_id: sum.currency,
        part: sum.part,
        effective: nanos,
        effective_units: units,
        resources: sum.resources,
        last_day: sum.lastDay,
      };
    });
    return this.#database.knex.transaction(async trx => {
      const stands = await trx('cost_partition')
        .where({ id, resource_generation, entity_generation })
        .forShare()
        .first('id');
      if (!stands) {
        return false;
      }
      await trx('account_coverage').where({ partition_id: id }).delete();
      await trx.batchInsert('account_coverage', rows, MAX_BATCH / 50);
      await trx('coverage_partition')
        .insert({
          partition_id: id,
          resource_generation,
          entity_generation,
          proofs,
          computed_at: computedAt,
        })
        .onConflict('partition_id')
        .merge();
      return true;
    });
  }
}
