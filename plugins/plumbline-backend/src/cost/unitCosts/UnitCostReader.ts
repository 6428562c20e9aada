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
  /** By currency, the largest first; in nanos. */
  currencies: { currency: string; daily: ReadonlyMap<number, bigint> }[];
  isKnown(day: number): boolean;
}

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
    if (!valued && !named) {
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
    const currencies = costs.currencies.map(({ currency, daily }) =>
      unitCostOf(
        {
          per,
          cost: daily,
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

  /** The first unit cost that is known, of the month to date. */
  async headline(options: {
    entity: EntityRecord;
    costs: DailyCosts;
    windows: HeadlineWindows;
  }): Promise<UnitCostHeadline | undefined> {
    const { entity, costs, windows } = options;
    const { monthToDate, sameDaysBefore } = windows;
    const [first] = costs.currencies;
    for (const { metric, label, per } of first
      ? await this.wantedOf(entity)
      : []) {
      const usage = await this.daily(metric, entity, {
        from: sameDaysBefore.from,
        to: monthToDate.to,
      });
      const days: UnitCostDays = {
        per,
        cost: first.daily,
        isCostKnown: day => costs.isKnown(day),
        usage,
      };
      const sum = unitCostOf(days, first.currency, monthToDate, {
        count: 1,
        indexOfDay: () => 0,
      });
      if (sum.unitCost !== undefined) {
        const change = comparePairs(days, monthToDate, sameDaysBefore)?.change;
        return {
          metric,
          label,
          per,
          currency: first.currency,
          unitCost: sum.unitCost,
          ...(change !== undefined && { change }),
          days: daysOf(monthToDate).filter(day => isKnown(days, day)).length,
        };
      }
    }
    return undefined;
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

function daysOf({ from, to }: DayWindow): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
