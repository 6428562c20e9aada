import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import { decimalToNanos, type PlumblineDatabase } from '../../database';
import { addSums, type SumsByCurrency } from '../materialise/costSums';

/** The live generation of one source's billing month. @internal */
export interface MonthPartition {
  id: number;
  sourceKey: number;
  source: string;
  resourceGeneration?: number;
  entityGeneration: number;
  fingerprint?: string;
  /** Whether the delivery holds any charge. */
  hasRows: boolean;
  /** The allocation that its entity rows were made with. */
  bindingsVersion: number;
  /** JSON array of the delivery's exact totals. */
  totals: string;
}

/** Up to which delivery of a source a closed month goes. @internal */
export interface StatedPartition {
  entityGeneration: number;
  fingerprint?: string;
  hasRows: boolean;
}

interface Total {
  currency: string;
  effective: string;
  billed: string;
}

/**
 * What sources have delivered for billing months, and what of it was stated.
 *
 * @internal
 */
export class MonthPartitions {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): MonthPartitions {
    return new MonthPartitions(options.database);
  }

  /**
   * The partitions that a month's statement is made of: those of the sources in use, and those that were stated
   * before. A source that is no longer set up keeps what it was stated with.
   *
   * @param within - reads within a transaction, and keeps others from publishing until its end
   */
  async ofMonth(
    month: Month,
    within?: Knex.Transaction,
  ): Promise<MonthPartition[]> {
    const { knex } = this.#database;
    const query = (within ?? knex)('cost_partition as partition')
      .join('source', 'source.id', 'partition.source_id')
      .where('partition.month', month)
      .whereNotNull('partition.entity_generation')
      .where(counted =>
        counted
          .whereNull('source.retired_at')
          .orWhereExists(
            knex('stated_partition as stated')
              .select(knex.raw('1'))
              .where('stated.month', month)
              .whereRaw('stated.source_id = partition.source_id'),
          ),
      )
      .orderBy('partition.id')
      .select(
        'partition.id',
        'partition.source_id',
        'source.source_id as source',
        'partition.resource_generation',
        'partition.entity_generation',
        'partition.fingerprint',
        'partition.first_day',
        'partition.bindings_version',
        'partition.totals',
      );
    const rows = await (within ? query.forShare('partition') : query);
    return rows.map(row => ({
      id: row.id,
      sourceKey: row.source_id,
      source: row.source,
      resourceGeneration: row.resource_generation ?? undefined,
      entityGeneration: row.entity_generation,
      fingerprint: row.fingerprint ?? undefined,
      hasRows: row.first_day !== null,
      bindingsVersion: Number(row.bindings_version),
      totals: row.totals ?? '[]',
    }));
  }

  /** What of a closed month was stated, by source key. */
  async statedOf(month: Month): Promise<ReadonlyMap<number, StatedPartition>> {
    const rows = await this.#database
      .knex('stated_partition')
      .where({ month })
      .select('source_id', 'entity_generation', 'fingerprint', 'has_rows');
    return new Map(
      rows.map(row => [
        row.source_id,
        {
          entityGeneration: row.entity_generation,
          fingerprint: row.fingerprint ?? undefined,
          hasRows: Boolean(row.has_rows),
        },
      ]),
    );
  }

  /** Remembers up to which deliveries a closed month goes. */
  async saveStated(
    month: Month,
    partitions: readonly MonthPartition[],
    trx: Knex.Transaction,
  ): Promise<void> {
    for (const partition of partitions) {
      await trx('stated_partition')
        .insert({
          month,
          source_id: partition.sourceKey,
          entity_generation: partition.entityGeneration,
          fingerprint: partition.fingerprint ?? null,
          has_rows: partition.hasRows,
        })
        .onConflict(['month', 'source_id'])
        .merge();
    }
  }

  /** The totals the sources gave with these deliveries, to the nano, by row of the `currency` table. */
  async totalsOf(
    partitions: readonly MonthPartition[],
  ): Promise<SumsByCurrency> {
    const rows: { id: number; code: string }[] = await this.#database
      .knex('currency')
      .select('id', 'code');
    const ids = new Map(rows.map(({ id, code }) => [code, id]));
    const sums: SumsByCurrency = new Map();
    for (const { totals } of partitions) {
      for (const total of JSON.parse(totals) as Total[]) {
        // A currency that no charge was ever in has no row.
        const id = ids.get(total.currency);
        if (id !== undefined) {
          addSums(
            sums,
            id,
            decimalToNanos(total.effective),
            decimalToNanos(total.billed),
          );
        }
      }
    }
    return sums;
  }
}

/** Whether both are the same live deliveries, made with the same allocation. @internal */
export function samePartitions(
  a: readonly MonthPartition[],
  b: readonly MonthPartition[],
): boolean {
  return (
    a.length === b.length &&
    a.every(
      (partition, index) =>
        partition.id === b[index].id &&
        partition.entityGeneration === b[index].entityGeneration,
    )
  );
}
