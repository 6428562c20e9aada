import { decimalToNanos, type PlumblineDatabase } from '../../database';
import type { EntityRecord, EntityStore } from '../../permissions';
import type { SourceStatuses } from '../CostService';
import { CostStore, type DayWindow, type LivePartition } from '../CostStore';
import { countedEntities, type DependencyReader } from '../CountedEntities';
import { DataExtent } from '../DataExtent';
import { Dimensions, type EnvironmentReader } from '../Dimensions';
import { freshnessOf } from '../freshness';
import { addTo } from '../series';
import { judge } from './judge';
import { isFor, periodOf } from './period';
import type { BudgetDefinition, EvaluatedBudget } from './types';

/** How many of the last complete days a rate is told from: whole weeks, the most first. */
const RATE_DAYS = [28, 21, 14, 7];

/** @internal */
export interface BudgetEvaluatorOptions {
  database: PlumblineDatabase;
  entities: EntityStore;
  statuses: SourceStatuses;
  bindings: DependencyReader & EnvironmentReader;
}

/**
 * Reads what budgets are judged by.
 *
 * @internal
 */
export class BudgetEvaluator {
  static create(options: BudgetEvaluatorOptions): BudgetEvaluator {
    return new BudgetEvaluator(options);
  }

  private readonly database: PlumblineDatabase;
  private readonly costs: CostStore;
  private readonly dimensions: Dimensions;

  private constructor(private readonly options: BudgetEvaluatorOptions) {
    this.database = options.database;
    this.costs = CostStore.create(options);
    this.dimensions = Dimensions.create({
      database: options.database,
      environments: options.bindings,
    });
  }

  /** @returns undefined where the budget is not for the present, or the catalog has no such entity */
  async evaluate(
    definition: BudgetDefinition,
    today: number,
  ): Promise<EvaluatedBudget | undefined> {
    const window = periodOf(definition.period, today);
    const entity = await this.options.entities.getByRef(definition.entityRef);
    return entity && isFor(definition, window)
      ? this.costs.readLive(partitions =>
          this.read(definition, entity, window, partitions),
        )
      : undefined;
  }

  private async read(
    definition: BudgetDefinition,
    entity: EntityRecord,
    window: DayWindow,
    partitions: LivePartition[],
  ): Promise<EvaluatedBudget> {
    const counted = await countedEntities({
      entities: this.options.entities,
      dependencies: this.options.bindings,
      entity,
      scope: 'own',
      readable: undefined,
    });
    const entityIds = counted.entities.map(({ id }) => id);
    const environmentId = await this.environmentId(definition.environment);
    const extent = DataExtent.of(partitions);
    const ends = extent.sources.flatMap(id => extent.dataThrough([id]) ?? []);
    const lately = {
      from: Math.min(window.from, ...ends.map(end => end + 1 - RATE_DAYS[0])),
      to: window.to,
    };
    const used = await this.costs.listSources(
      entityIds,
      [lately],
      environmentId,
    );
    const dataThrough = extent.dataThrough(used);
    const complete = {
      from: window.from,
      to: Math.min(window.to, (dataThrough ?? -Infinity) + 1),
    };
    const sums = await this.dailySums(entityIds, complete, environmentId);
    const recent = await this.recentUsage({
      definition,
      entityIds,
      environmentId,
      extent,
      used,
      dataThrough,
    });
    const daily = new Map<number, bigint>();
    const otherCurrencies = new Set<string>();
    for (const { currency, day, ...amounts } of sums) {
      if (currency === definition.currency) {
        addTo(daily, day, amounts[definition.basis]);
      } else {
        otherCurrencies.add(currency);
      }
    }
    const statuses = await this.options.statuses.getStatuses();
    const others = [...otherCurrencies].sort();
    return {
      definition,
      entityId: entity.id,
      window,
      ...(counted.members && { members: counted.members.counted }),
      otherCurrencies: others,
      ...judge({
        amount: decimalToNanos(definition.amount),
        currency: definition.currency,
        period: definition.period,
        window,
        entities: entityIds.length,
        hasCosts: used.size > 0,
        freshness: freshnessOf(statuses, extent, used).state,
        dataThrough,
        missing:
          complete.from < complete.to
            ? extent.missing(used, complete, 'day')
            : [],
        otherCurrencies: others,
        daily,
        recent,
      }),
    };
  }

  private async dailySums(
    entityIds: number[],
    window: DayWindow,
    environmentId: number | undefined,
  ) {
    if (window.from >= window.to) {
      return [];
    }
    const sums = await this.costs.sum({
      entityIds,
      window,
      per: 'day',
      by: ['currency'],
      environmentId,
    });
    const codes = await this.dimensions.getNames(
      'currency',
      sums.map(({ currency }) => currency),
    );
    return sums.map(sum => ({
      ...sum,
      currency: codes.get(sum.currency) ?? '',
    }));
  }

  private async recentUsage(options: {
    definition: BudgetDefinition;
    entityIds: number[];
    environmentId: number | undefined;
    extent: DataExtent;
    used: ReadonlySet<number>;
    dataThrough: number | undefined;
  }): Promise<{ days: number; usage: bigint } | undefined> {
    const { definition, entityIds, environmentId, extent, used } = options;
    const to = (options.dataThrough ?? 0) + 1;
    const days =
      options.dataThrough === undefined
        ? undefined
        : RATE_DAYS.find(count =>
            extent.covers(used, { from: to - count, to }, 'day'),
          );
    if (days === undefined) {
      return undefined;
    }
    const [sums, usage, currency] = await Promise.all([
      this.costs.sum({
        entityIds,
        window: { from: to - days, to },
        per: 'day',
        by: ['currency', 'chargeKind'],
        environmentId,
      }),
      this.usageKinds(),
      this.database
        .knex('currency')
        .where({ code: definition.currency })
        .first('id'),
    ]);
    return {
      days,
      usage: sums
        .filter(
          sum => sum.currency === currency?.id && usage.has(sum.chargeKind),
        )
        .reduce((total, sum) => total + sum[definition.basis], 0n),
    };
  }

  /** Kinds of charges that go on from day to day. */
  private async usageKinds(): Promise<Set<number>> {
    const ids: number[] = await this.database
      .knex('charge_kind')
      .where({ category: 'Usage', correction: false })
      .pluck('id');
    return new Set(ids);
  }

  /** An environment that nobody ever named has no costs. */
  private async environmentId(
    name: string | undefined,
  ): Promise<number | undefined> {
    if (name === undefined) {
      return undefined;
    }
    const known = await this.dimensions.listEnvironments();
    return [...known.values()].find(item => item.name === name)?.id ?? -1;
  }
}
