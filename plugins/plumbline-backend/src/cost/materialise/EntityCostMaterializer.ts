import { randomUUID } from 'node:crypto';
import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import {
  BUCKET_COST,
  ENTITY_COST_DAILY,
  ENTITY_COST_MONTHLY,
  ENTITY_SHARE_DAILY,
  ENTITY_SHARE_MONTHLY,
  MAX_BATCH,
  RowAmountError,
  type PlumblineDatabase,
  type Values,
} from '../../database';
import { Allocations } from './Allocations';
import { bucketRowsOf } from './bucketRows';
import {
  sameSums,
  storedSums,
  SumRuleError,
  type SumsByCurrency,
} from './costSums';
import { entityRowsOf, type EntityRows } from './entityRows';
import { InFlight } from '../InFlight';
import {
  dailyShareColumns,
  shareColumns,
  SplitPlans,
  type SplitPlan,
} from '../split';
import { ClosedMonths } from '../statements/ClosedMonths';
import { UsageStore, type UsageWeights } from '../../usage';
import {
  generationStands,
  openGeneration,
  REBUILD_TICKET,
} from './generations';
import { nameAmount } from './nameAmount';
import { openPartitions, type OpenPartition } from './openPartitions';
import { portionsOf } from './portions';
import { keptRows, storedRows, type ResourceRows } from './ResourceRows';

const RESOURCE_TABLE = {
  name: 'resource_cost_daily',
  key: 'resource_id',
} as const;
/** Both are proven: days may fit into a row where their month does not, and would become a wrong number. */
const ENTITY_TABLES = [
  { name: 'entity_cost_daily', key: 'entity_id' },
  { name: 'entity_cost_monthly', key: 'entity_id' },
] as const;

/** @internal */
export interface MaterializerOptions {
  database: PlumblineDatabase;
  /** Months before the present one that a source reads again; 0 for a source that isn't there any more. */
  restatedMonths?: (sourceId: string) => number;
  /** What metrics say, for rules that share by usage; those that are collected by default. */
  usageWeights?: UsageWeights;
  now?: () => Date;
}

interface MaterialiseOptions {
  partitionId: number;
  resourceGeneration: number;
  ticket: string;
  /** The resource rows, where they are at hand; else they are read from the database. */
  rows?: ResourceRows;
  signal?: AbortSignal;
}

/**
 * Makes the entity tables of a partition from its resource rows and the allocation: what pages read.
 *
 * @internal
 */
export class EntityCostMaterializer {
  static create(options: MaterializerOptions): EntityCostMaterializer {
    return new EntityCostMaterializer(options.database, {
      restatedMonths: options.restatedMonths ?? (() => 0),
      usageWeights: options.usageWeights ?? UsageStore.create(options),
      now: options.now ?? (() => new Date()),
    });
  }

  private readonly closedMonths: ClosedMonths;
  private readonly plans: SplitPlans;

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly options: {
      restatedMonths: (sourceId: string) => number;
      usageWeights: UsageWeights;
      now: () => Date;
    },
  ) {
    this.plans = SplitPlans.create({
      database,
      usageWeights: options.usageWeights,
    });
    this.closedMonths = ClosedMonths.create({ database });
  }

  /**
   * Writes a new generation of entity rows; nobody sees it until the caller points the partition at it. In a
   * closed month, what belongs to whom is as it was known when the month was closed.
   *
   * @returns the generation, and the sums of the resource rows, as they lie in the database
   * @throws SumRuleError when the entity rows don't add up to the resource rows, or one is more than a row holds
   */
  async materialise(
    options: MaterialiseOptions,
  ): Promise<{ generation: number; sums: SumsByCurrency }> {
    const { partitionId, ticket } = options;
    const generation = await openGeneration(this.database, partitionId, ticket);
    try {
      return await this.fill(generation, options);
    } catch (error) {
      if (error instanceof RowAmountError) {
        const month = await this.monthOf(partitionId);
        const named = await nameAmount(this.database, month, error);
        throw new SumRuleError(named.message);
      }
      throw error;
    }
  }

  private async fill(
    generation: number,
    options: MaterialiseOptions,
  ): Promise<{ generation: number; sums: SumsByCurrency }> {
    const { partitionId, resourceGeneration, signal } = options;
    const rows = options.rows ?? storedRows(this.database, resourceGeneration);
    const counts = await rows.counts();
    const knownAt = await this.closedAt(partitionId);
    const allocations = await Allocations.load(
      this.database,
      [...counts.keys()],
      { knownAt },
    );
    const plan = await this.plans.open({
      resources: counts.keys(),
      unknownEnvironment: allocations.unknownEnvironment,
      knownAt,
    });
    const entityCounts = await this.write(
      rows,
      counts,
      allocations,
      plan,
      generation,
      signal,
    );
    if (plan) {
      await this.writeShares(plan, partitionId, generation, entityCounts);
    }

    const sums = await storedSums(
      this.database,
      RESOURCE_TABLE,
      resourceGeneration,
      counts,
    );
    for (const table of ENTITY_TABLES) {
      const entitySums = await storedSums(
        this.database,
        table,
        generation,
        entityCounts,
      );
      if (!sameSums(sums, entitySums)) {
        throw new SumRuleError(
          `The entity rows of partition ${partitionId} don't add up to its resource rows`,
        );
      }
    }
    return { generation, sums };
  }

  /**
   * Makes the entity rows anew where bindings changed since they were made: in the months that are still
   * open, or in the partitions that are named. Closed months keep the bindings that were known at their closing.
   *
   * @returns how many partitions were made anew
   */
  async rebuild(
    options: { partitionIds?: readonly number[]; signal?: AbortSignal } = {},
  ): Promise<number> {
    const bindingsVersion = await this.bindingsVersion();
    const partitions = await openPartitions(this.database, {
      ...this.options,
      now: this.options.now(),
      partitionIds: options.partitionIds,
      bindingsVersion,
    });
    let rebuilt = 0;
    for (const partition of partitions) {
      options.signal?.throwIfAborted();
      if (await this.rebuildPartition(partition, bindingsVersion, options)) {
        rebuilt += 1;
      }
    }
    return rebuilt;
  }

  private async rebuildPartition(
    partition: OpenPartition,
    bindingsVersion: number,
    options: { signal?: AbortSignal },
  ): Promise<boolean> {
    const ticket = `${REBUILD_TICKET}${randomUUID()}`;
    const closedBefore = await this.closedAt(partition.id);
    const { generation } = await this.materialise({
      partitionId: partition.id,
      resourceGeneration: partition.resourceGeneration,
      ticket,
      signal: options.signal,
    });
    const closed = await this.closedAt(partition.id);
    if (closed?.getTime() !== closedBefore?.getTime()) {
      // Closed meanwhile, with the rows that were live: these were made with other bindings.
      return false;
    }
    // A collection that published meanwhile has newer rows than these.
    const swapped = await this.database
      .knex('cost_partition')
      .where({
        id: partition.id,
        resource_generation: partition.resourceGeneration,
        entity_generation: partition.entityGeneration,
      })
      .whereExists(generationStands(this.database, generation, ticket))
      .update({
        entity_generation: generation,
        bindings_version: bindingsVersion,
      });
    return swapped === 1;
  }

  /** @returns how many daily rows each entity has */
  private async write(
    rows: ResourceRows,
    counts: ReadonlyMap<number, number>,
    allocations: Allocations,
    plan: SplitPlan | undefined,
    generation: number,
    signal: AbortSignal | undefined,
  ): Promise<Map<number, number>> {
    if (allocations.overlap) {
      throw new SumRuleError(
        "The entity rows don't add up to the resource rows: days of the allocation table overlap",
      );
    }
    const entityCounts = new Map<number, number>();
    // While one portion is written, the next one is made.
    const writing = new InFlight();
    try {
      for (const { resources, continues } of portionsOf(counts, id =>
        allocations.lastEntity(id),
      )) {
        signal?.throwIfAborted();
        const read = await rows.read(resources);
        const own = plan ? plan.take(read, allocations) : read;
        if (own.length > 0) {
          const made = entityRowsOf(own, allocations, generation);
          countRows(entityCounts, made);
          const buckets = bucketRowsOf(own, made.entityOf, generation);
          await writing.start(() =>
            Promise.all([
              this.insertRows(made, continues),
              // A resource lies in one portion: no row comes twice.
              this.database.insertColumns(
                BUCKET_COST.name,
                BUCKET_COST.columns,
                buckets,
              ),
            ]),
          );
        }
      }
      await writing.end();
    } finally {
      await writing.settled();
    }
    return entityCounts;
  }

  /** Writes the parts of what rules share out beside what entities have of their own. */
  private async writeShares(
    plan: SplitPlan,
    partitionId: number,
    generation: number,
    entityCounts: Map<number, number>,
  ): Promise<void> {
    const sums = await this.plans.ask(plan, partitionId);
    const daily = ENTITY_SHARE_DAILY;
    for (const { rows, allocations, holders } of plan.parts(sums)) {
      const parts = keptRows(rows);
      const counts = await parts.counts();
      for (const { resources } of portionsOf(
        counts,
        number => allocations.find(number, 0, 0)?.entity ?? 0,
      )) {
        const portion = await parts.read(resources);
        const made = entityRowsOf(portion, allocations, generation);
        countRows(entityCounts, made);
        await this.insertRows(made, true);
        await this.database.insertColumns(
          daily.name,
          daily.columns,
          dailyShareColumns(portion, holders, generation),
          daily.addUp,
        );
        await this.database.breathe();
      }
    }
    const { name, columns } = ENTITY_SHARE_MONTHLY;
    await this.database.insertColumns(
      name,
      columns,
      shareColumns(plan.shares(), generation),
    );
  }

  private async insertRows(
    { daily, monthly }: EntityRows,
    continues: boolean,
  ): Promise<void> {
    await Promise.all([
      this.insert(ENTITY_COST_DAILY, daily, continues),
      this.insert(ENTITY_COST_MONTHLY, monthly, continues),
    ]);
  }

  private async insert(
    table: typeof ENTITY_COST_DAILY,
    values: Values[],
    continues: boolean,
  ): Promise<void> {
    const { name, columns, addUp } = table;
    const count = values[0].length;
    for (let start = 0; start < count; start += MAX_BATCH) {
      const batch = values.map(column =>
        column.slice(start, start + MAX_BATCH),
      );
      try {
        // Adding up is slow, and seldom needed: where allocation changes within the month.
        await this.database.insertColumns(
          name,
          columns,
          batch,
          continues ? addUp : '',
        );
      } catch (error) {
        if (this.database.dialect.isOutOfRange(error)) {
          throw new RowAmountError();
        }
        if (continues || !this.database.dialect.isUniqueViolation(error)) {
          throw error;
        }
        await this.database.insertColumns(name, columns, batch, addUp);
      }
    }
  }

  private async closedAt(partitionId: number): Promise<Date | undefined> {
    return this.closedMonths.closedAt(await this.monthOf(partitionId));
  }

  private async monthOf(partitionId: number): Promise<Month> {
    const row = await this.database
      .knex('cost_partition')
      .where({ id: partitionId })
      .first('month');
    return row.month;
  }

  private async bindingsVersion(): Promise<number> {
    const row = await this.database
      .knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .first('value');
    return Number(row.value);
  }
}

function countRows(
  counts: Map<number, number>,
  { entities }: EntityRows,
): void {
  for (const entity of entities) {
    counts.set(entity, (counts.get(entity) ?? 0) + 1);
  }
}
