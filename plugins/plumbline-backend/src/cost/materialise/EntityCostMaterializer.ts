import { randomUUID } from 'node:crypto';
import {
  endDayOfMonth,
  ENTITY_COST_DAILY,
  ENTITY_COST_MONTHLY,
  firstDayOfMonth,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
  type PlumblineDatabase,
} from '../../database';
import { costRanges, RANGE } from './costRanges';
import {
  sameSums,
  addEntitySums,
  SumRuleError,
  type SumsByCurrency,
} from './costSums';
import {
  generationStands,
  openGeneration,
  REBUILD_TICKET,
} from './generations';
import { surveyResources, type Portion } from './surveyResources';
import { openPartitions, type OpenPartition } from './openPartitions';

/** Charges that, when no entity has them, belong to all: nobody could be found by looking harder. */
const SHARED_CATEGORIES = [
  'Tax',
  'Credit',
  'Adjustment',
  'Purchase',
  'Rounding',
];

const ENTITY_TABLE = { name: 'entity_cost_daily', key: 'entity_id' } as const;

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

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly options: {
      restatedMonths: (sourceId: string) => number;
      now: () => Date;
    },
  ) {}

  /**
   * Writes a new generation of entity rows; nobody sees it until the caller points the partition at it.
   *
   * @returns the generation, and the sums of the rows it was made from
   * @throws SumRuleError when the entity rows don't add up to the resource rows
   */
  async materialise(options: {
    partitionId: number;
    resourceGeneration: number;
    ticket: string;
    signal?: AbortSignal;
  }): Promise<{ generation: number; sums: SumsByCurrency }> {
    const { partitionId, resourceGeneration, ticket, signal } = options;
    const generation = await openGeneration(this.database, partitionId, ticket);
    const { sums, portions } = await surveyResources(
      this.database,
      resourceGeneration,
    );
    await this.writeDaily(resourceGeneration, portions, generation, signal);
    const entitySums = await this.writeMonthly(partitionId, generation, signal);

    if (!sameSums(sums, entitySums)) {
      throw new SumRuleError(
        `The entity rows of partition ${partitionId} don't add up to its resource rows; days of the allocation table overlap`,
      );
    }
    return { generation, sums };
  }

  /**
   * Makes the entity rows anew where bindings changed since they were made: in the months that are still
   * open, or in the partitions that are named. Closed months stay as they were stated.
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
    const { generation } = await this.materialise({
      partitionId: partition.id,
      resourceGeneration: partition.resourceGeneration,
      ticket,
      signal: options.signal,
    });
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

  private async writeDaily(
    resourceGeneration: number,
    portions: readonly Portion[],
    generation: number,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const unknown = await this.database
      .knex('environment')
      .where({ name: 'unknown' })
      .first('id');
    const bucket = await this.bucketOfUnallocated();
    const sql = (resources: readonly number[], suffix: string) => `
      insert into entity_cost_daily
        (${ENTITY_COST_DAILY.columns.map(({ name }) => name).join(', ')})
      select cast(? as integer), coalesce(a.entity_id, ${bucket}), c.day,
        coalesce(a.environment_id, ?), c.service_id, c.currency_id, c.charge_kind_id,
        sum(c.effective), sum(c.billed)
      from resource_cost_daily c
      left join allocation a
        on a.resource_id = c.resource_id and a.from_day <= c.day and c.day < a.to_day
      where c.generation_id = ? and c.resource_id in (${resources.join(', ')})
      group by 2, 3, 4, 5, 6, 7
      ${suffix}`;
    const bindings = [generation, unknown.id, resourceGeneration];
    const { knex, dialect } = this.database;
    const { addUp } = ENTITY_COST_DAILY;
    for (const { resources, continues } of portions) {
      signal?.throwIfAborted();
      try {
        // Adding up is slow on PostgreSQL, and seldom needed: where allocation changes within the month.
        await knex.raw(sql(resources, continues ? addUp : ''), bindings);
      } catch (error) {
        if (continues || !dialect.isUniqueViolation(error)) {
          throw error;
        }
        await knex.raw(sql(resources, addUp), bindings);
      }
      await this.database.breathe();
    }
  }

  /** @returns the sums of the daily rows that the monthly ones were made from */
  private async writeMonthly(
    partitionId: number,
    generation: number,
    signal: AbortSignal | undefined,
  ): Promise<SumsByCurrency> {
    const sums: SumsByCurrency = new Map();
    const month = await this.monthOfRow(partitionId);
    const sql = `
      insert into entity_cost_monthly
        (${ENTITY_COST_MONTHLY.columns.map(({ name }) => name).join(', ')})
      select c.generation_id, c.entity_id, ${month}, c.environment_id, c.service_id,
        c.currency_id, c.charge_kind_id, sum(c.effective), sum(c.billed)
      from entity_cost_daily c
      where ${RANGE('entity_id')}
      group by 1, 2, 3, 4, 5, 6, 7
      ${ENTITY_COST_MONTHLY.addUp}`;
    for await (const range of costRanges(
      this.database,
      ENTITY_TABLE,
      generation,
    )) {
      signal?.throwIfAborted();
      await this.database.knex.raw(sql, range);
      await addEntitySums(this.database, range, sums);
    }
    return sums;
  }

  /** The month of a row `c`: nearly always the partition's, which is known without asking the calendar. */
  private async monthOfRow(partitionId: number): Promise<string> {
    const { month } = await this.database
      .knex('cost_partition')
      .where({ id: partitionId })
      .first('month');
    return `case
      when c.day >= ${firstDayOfMonth(month)} and c.day < ${endDayOfMonth(
      month,
    )}
      then '${month}' else ${this.database.dialect.monthOfDay('c.day')} end`;
  }

  /** The entity of a row `c` that is allocated to none. */
  private async bucketOfUnallocated(): Promise<string> {
    const { knex } = this.database;
    const kinds = await knex('charge_kind')
      .whereIn('category', SHARED_CATEGORIES)
      .orWhere({ commitment: 'Unused' })
      .pluck('id');
    // One an account; as literals, because a subquery looks so dear to PostgreSQL that it compiles the statement.
    const nameless = await knex('resource')
      .where({ native_id: '' })
      .pluck('id');
    return `case
      when c.charge_kind_id in (${[0, ...kinds].join(', ')})
        or c.resource_id in (${[0, ...nameless].join(', ')})
      then ${SHARED_ENTITY_ID} else ${UNALLOCATED_ENTITY_ID} end`;
  }

  private async bindingsVersion(): Promise<number> {
    const row = await this.database
      .knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .first('value');
    return Number(row.value);
  }
}
