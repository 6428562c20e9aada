import { randomUUID } from 'node:crypto';
import {
  ENTITY_COST_DAILY,
  ENTITY_COST_MONTHLY,
  ENTITY_COST_SUMMARY,
  MAX_BATCH,
  type PlumblineDatabase,
  type Values,
} from '../../database';
import { Allocations } from './Allocations';
import {
  sameSums,
  storedSums,
  SumRuleError,
  type SumsByCurrency,
} from './costSums';
import { entityRowsOf } from './entityRows';
import { InFlight } from '../InFlight';
import { ClosedMonths } from '../statements';
import {
  generationStands,
  openGeneration,
  REBUILD_TICKET,
} from './generations';
import { openPartitions, type OpenPartition } from './openPartitions';
import { portionsOf } from './portions';
import { storedRows, type ResourceRows } from './ResourceRows';

const RESOURCE_TABLE = {
  name: 'resource_cost_daily',
  key: 'resource_id',
} as const;
const ENTITY_TABLES = [
  { name: 'entity_cost_daily', key: 'entity_id' },
  { name: 'entity_cost_summary', key: 'entity_id' },
] as const;

/** @internal */
export interface MaterializerOptions {
  database: PlumblineDatabase;
  /** Months before the present one that a source reads again; 0 for a source that isn't there any more. */
  restatedMonths?: (sourceId: string) => number;
  now?: () => Date;
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
      now: options.now ?? (() => new Date()),
    });
  }

  private readonly closedMonths: ClosedMonths;

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly options: {
      restatedMonths: (sourceId: string) => number;
      now: () => Date;
    },
  ) {
    this.closedMonths = ClosedMonths.create({ database });
  }

  /**
   * Writes a new generation of entity rows; nobody sees it until the caller points the partition at it. In a
   * closed month, what belongs to whom is as it was known when the month was closed.
   *
   * @returns the generation, and the sums of the resource rows, as they lie in the database
   * @throws SumRuleError when the entity rows don't add up to the resource rows
   */
  async materialise(options: {
    partitionId: number;
    resourceGeneration: number;
    ticket: string;
    /** The resource rows, where they are at hand; else they are read from the database. */
    rows?: ResourceRows;
    signal?: AbortSignal;
  }): Promise<{ generation: number; sums: SumsByCurrency }> {
    const { partitionId, resourceGeneration, ticket, signal } = options;
    const generation = await openGeneration(this.database, partitionId, ticket);
    const rows = options.rows ?? storedRows(this.database, resourceGeneration);
    const counts = await rows.counts();
    const allocations = await Allocations.load(
      this.database,
      [...counts.keys()],
      { knownAt: await this.closedAt(partitionId) },
    );
    const entityCounts = await this.write(
      rows,
      counts,
      allocations,
      generation,
      signal,
    );

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
        const { daily, monthly, summary, entities } = entityRowsOf(
          await rows.read(resources),
          allocations,
          generation,
        );
        for (const entity of entities) {
          entityCounts.set(entity, (entityCounts.get(entity) ?? 0) + 1);
        }
        await writing.start(() =>
          Promise.all([
            this.insert(ENTITY_COST_DAILY, daily, continues),
            this.insert(ENTITY_COST_MONTHLY, monthly, continues),
            this.insert(ENTITY_COST_SUMMARY, summary, continues),
          ]),
        );
      }
      await writing.end();
    } finally {
      await writing.settled();
    }
    return entityCounts;
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
        if (continues || !this.database.dialect.isUniqueViolation(error)) {
          throw error;
        }
        await this.database.insertColumns(name, columns, batch, addUp);
      }
    }
  }

  private async closedAt(partitionId: number): Promise<Date | undefined> {
    const row = await this.database
      .knex('cost_partition')
      .where({ id: partitionId })
      .first('month');
    return this.closedMonths.closedAt(row.month);
  }

  private async bindingsVersion(): Promise<number> {
    const row = await this.database
      .knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .first('value');
    return Number(row.value);
  }
}
