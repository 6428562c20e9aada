import type {
  UnitCost,
  UnitCostHeadline,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Decimal } from 'decimal.js';
import type { EntityRecord } from '../../permissions';
import type { UsageStore } from '../../usage';
import { daysBefore, type HeadlineWindows } from '../comparison';
import type { DayWindow } from '../CostStore';
import type {
  UnitCostDefinitions,
  WantedUnitCost,
} from './UnitCostDefinitions';
import {
  comparePairs,
  isKnown,
  unitCostOf,
  type UnitCostDays,
} from './unitCostOf';

const NUMBER = new Intl.NumberFormat('en-US');

/** An entity's cost by day, as it was read. @internal */
export interface DailyCosts {
  /** By currency, the largest first; in nanos. `usage` is what of it is usage, corrections left out. */
  currencies: {
    currency: string;
    daily: ReadonlyMap<number, bigint>;
    usage: ReadonlyMap<number, bigint>;
  }[];
  isKnown(day: number): boolean;
}

/** What the headline of an entity is told from. @internal */
export interface HeadlineCosts {
  entity: EntityRecord;
  costs: DailyCosts;
  windows: HeadlineWindows;
}

/** Values by day, by key of the entity. */
type DailyUsage = Map<number, Map<number, Decimal>>;

/**
 * Holds costs against business metrics of the entity itself.
 *
 * @internal
 */
export class UnitCostReader {
  static create(options: {
    definitions: UnitCostDefinitions;
    usage: UsageStore;
  }): UnitCostReader {
    return new UnitCostReader(options.definitions, options.usage);
  }

  private constructor(
    private readonly definitions: UnitCostDefinitions,
    private readonly usage: UsageStore,
  ) {}

  async wantedOf(entity: EntityRecord): Promise<WantedUnitCost[]> {
    return this.definitions.of(entity.ref);
  }

  /**
   * @param hidden - how many of the entities whose cost it is are hidden from the caller
   */
  async read(options: {
    entity: EntityRecord;
    wanted: readonly WantedUnitCost[];
    costs: DailyCosts;
    window: DayWindow;
    periods: { count: number; indexOfDay(day: number): number };
    hidden: number;
  }): Promise<UnitCost[]> {
    const answers: UnitCost[] = [];
    for (const definition of options.wanted) {
      const answer = await this.readOne(definition, options);
      if (answer) {
        answers.push(answer);
      }
    }
    return answers;
  }

  private async readOne(
    { metric, label, per, named }: WantedUnitCost,
    options: Parameters<UnitCostReader['read']>[0],
  ): Promise<UnitCost | undefined> {
    const { entity, costs, window, periods, hidden } = options;
    const { from } = daysBefore(window);
    const [usage, sources] = await Promise.all([
      this.daily(metric, entity, { from, to: window.to }),
      this.usage.listSources(metric, [entity.id], window.from, window.to),
    ]);
    const valued = [...usage.keys()].some(day => day >= window.from);
    if (!valued && !named && !(await this.usage.hasValues(metric, entity.id))) {
      return undefined;
    }
    const complete = daysOf(window).filter(day => costs.isKnown(day));
    const answer = {
      metric,
      label,
      per,
      sources,
      daysInWindow: complete.length,
    };
    const without = (state: UnitCost['state'], reason: string): UnitCost => ({
      ...answer,
      state,
      reason,
      currencies: [],
    });
    if (!valued) {
      return without('no-metric-data', `No ${label} are known of these days.`);
    }
    if (hidden > 0) {
      return without(
        'cannot-tell',
        `A part of the cost is hidden from you, while the ${label} are those of all of it.`,
      );
    }
    const known = complete.filter(day => usage.has(day));
    if (known.length === 0) {
      return without(
        'cannot-tell',
        `There is no day of which both the cost and the ${label} are known.`,
      );
    }
    const currencies = costs.currencies.map(({ currency, ...cost }) =>
      unitCostOf(
        {
          per,
          cost: cost.daily,
          costOfUsage: cost.usage,
          isCostKnown: day => costs.isKnown(day),
          usage,
        },
        currency,
        window,
        periods,
      ),
    );
    if (known.every(day => usage.get(day)?.isZero())) {
      return {
        ...answer,
        state: 'zero-usage',
        reason: `There were no ${label} on these days: what ${NUMBER.format(
          per,
        )} cost is not defined.`,
        currencies,
      };
    }
    return known.length < complete.length
      ? {
          ...answer,
          state: 'partial',
          reason: `The ${label} are known of ${known.length} of ${complete.length} days; only these are counted.`,
          currencies,
        }
      : {
          ...answer,
          state: 'known',
          reason: `Counted over ${known.length} days of which both the cost and the ${label} are known.`,
          currencies,
        };
  }

  /**
   * Of each entity the first unit cost that is known, of the month to date, by its key. Each metric is read once for
   * all who want it.
   */
  async headlines(
    asked: readonly HeadlineCosts[],
  ): Promise<ReadonlyMap<number, UnitCostHeadline>> {
    const wanted = new Map<number, WantedUnitCost[]>();
    const whoWants = new Map<string, HeadlineCosts[]>();
    for (const one of asked.filter(({ costs }) => costs.currencies[0])) {
      const definitions = await this.wantedOf(one.entity);
      wanted.set(one.entity.id, definitions);
      for (const { metric } of definitions) {
        whoWants.set(metric, [...(whoWants.get(metric) ?? []), one]);
      }
    }
    const usage = new Map<string, DailyUsage>();
    for (const [metric, entities] of whoWants) {
      usage.set(metric, await this.dailyOf(metric, entities));
    }
    const headlines = new Map<number, UnitCostHeadline>();
    for (const one of asked) {
      for (const definition of wanted.get(one.entity.id) ?? []) {
        const days = usage.get(definition.metric)?.get(one.entity.id);
        const headline = days && headlineOf(definition, one, days);
        if (headline) {
          headlines.set(one.entity.id, headline);
          break;
        }
      }
    }
    return headlines;
  }

  /** A metric of several entities, over all days that one of their headlines looks at. */
  private async dailyOf(
    metric: string,
    entities: readonly HeadlineCosts[],
  ): Promise<DailyUsage> {
    const values = await this.usage.daily(
      metric,
      entities.map(({ entity }) => entity.id),
      Math.min(...entities.map(({ windows }) => windows.sameDaysBefore.from)),
      Math.max(...entities.map(({ windows }) => windows.monthToDate.to)),
    );
    const usage: DailyUsage = new Map();
    for (const { entity, day, value } of values) {
      const days = usage.get(entity) ?? new Map<number, Decimal>();
      usage.set(entity, days.set(day, value));
    }
    return usage;
  }

  private async daily(
    metric: string,
    entity: EntityRecord,
    { from, to }: DayWindow,
  ): Promise<Map<number, Decimal>> {
    const days = await this.usage.daily(metric, [entity.id], from, to);
    return new Map(days.map(({ day, value }) => [day, value]));
  }
}

function headlineOf(
  { metric, label, per }: WantedUnitCost,
  { costs, windows: { monthToDate, sameDaysBefore } }: HeadlineCosts,
  usage: ReadonlyMap<number, Decimal>,
): UnitCostHeadline | undefined {
  const [{ currency, ...cost }] = costs.currencies;
  const days: UnitCostDays = {
    per,
    cost: cost.daily,
    costOfUsage: cost.usage,
    isCostKnown: day => costs.isKnown(day),
    usage,
  };
  const { unitCost } = unitCostOf(days, currency, monthToDate, {
    count: 1,
    indexOfDay: () => 0,
  });
  if (unitCost === undefined) {
    return undefined;
  }
  const change = comparePairs(days, monthToDate, sameDaysBefore)?.change;
  return {
    metric,
    label,
    per,
    currency,
    unitCost,
    ...(change !== undefined && { change }),
    days: daysOf(monthToDate).filter(day => isKnown(days, day)).length,
  };
}

function daysOf({ from, to }: DayWindow): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
