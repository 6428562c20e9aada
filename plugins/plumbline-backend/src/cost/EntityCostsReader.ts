import type {
  CostSeries,
  CurrencyCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText, nanosToDecimal } from '../database';
import { changeOf, daysBefore } from './comparison';
import { lookBack } from './CostHeadlines';
import type { ParsedCostQuery } from './CostService';
import type { CostStore, DayWindow, LivePartition } from './CostStore';
import type { CountedEntities } from './CountedEntities';
import type { CoverageStore } from './CoverageStore';
import { DataExtent } from './DataExtent';
import type { Dimensions } from './Dimensions';
import { periodsOf } from './periods';
import type { Periods } from './periods';
import { readSeries } from './readSeries';
import { addTo, compare, rankedTotals, totalOf } from './series';
import type { DailyCosts } from './unitCosts';

/** What was read of some entities' costs. @internal */
export interface ReadCosts {
  periods: Periods;
  extent: DataExtent;
  /** Keys of the sources that hold, or lately held, costs of the entities: in the window, before it, or by the data's end. */
  used: ReadonlySet<number>;
  environments: string[];
  currencies: CurrencyCosts[];
  /** Own cost by entity key and currency. */
  parts: { entity: number; currency: string; total: string }[];
  resourcesBilled: number;
  /** Cost by day of the window and of as many days before, the largest currency of the window first; where asked for. */
  daily?: DailyCosts['currencies'];
}

/** The days before the window, and the usage that is compared; by currency, in nanos. */
interface Comparison<T> {
  window: DayWindow;
  /** Everything in the days before. */
  total: T;
  /** Usage in the complete days of the window. */
  usage: T;
  usageBefore: T;
}

/**
 * Reads the costs of some entities in one window.
 *
 * @internal
 */
export class EntityCostsReader {
  readonly #costs: CostStore;
  readonly #coverage: CoverageStore;
  readonly #dimensions: Dimensions;

  private constructor(
    costs: CostStore,
    coverage: CoverageStore,
    dimensions: Dimensions,
  ) {
    this.#costs = costs;
    this.#coverage = coverage;
    this.#dimensions = dimensions;
  }

  static create(options: {
    costs: CostStore;
    coverage: CoverageStore;
    dimensions: Dimensions;
  }): EntityCostsReader {
    return new EntityCostsReader(
      options.costs,
      options.coverage,
      options.dimensions,
    );
  }

  async read(
    counted: CountedEntities,
    query: ParsedCostQuery,
    options: { daily?: boolean } = {},
  ): Promise<ReadCosts> {
    const environmentId = await this.#dimensions.findEnvironment(
      query.environment,
    );
    return this.#costs.readLive(partitions =>
      this.#readLive(counted, query, environmentId, partitions, options),
    );
  }

  async #readLive(
    counted: CountedEntities,
    query: ParsedCostQuery,
    environmentId: number | undefined,
    partitions: LivePartition[],
    options: { daily?: boolean },
  ): Promise<ReadCosts> {
    const { window, basis } = query;
    const extent = DataExtent.of(partitions);
    const entityIds = counted.entities.map(({ id }) => id);
    const selection = { entityIds, window, environmentId };
    const periods = periodsOf(window, query.granularity);
    const read = { costs: this.#costs, dimensions: this.#dimensions };

    const recent = lookBack(extent);
    const used = await this.#costs.listSources(
      entityIds,
      [window, daysBefore(window), ...(recent ? [recent] : [])],
      environmentId,
    );
    const series = await readSeries({
      ...read,
      coverage: this.#coverage,
      selection,
      query,
      periods,
    });
    const kinds = await this.#costs.sum({
      ...selection,
      environmentId: undefined,
      per: 'window',
      by: ['environment', 'chargeKind', 'currency'],
    });
    const byEntity =
      counted.scope === 'own'
        ? []
        : await this.#costs.sum({
            ...selection,
            per: 'window',
            by: ['entity', 'currency'],
          });
    const dataThrough = extent.dataThrough(used);
    const comparison = await this.#comparison(
      selection,
      basis,
      extent,
      used,
      dataThrough,
    );
    const resourcesBilled = await this.#coverage.countBilled(entityIds, window);

    const names = {
      environment: await this.#dimensions.getEnvironments(
        kinds.map(sum => sum.environment),
      ),
      category: await this.#dimensions.getNames(
        'category',
        kinds.map(sum => sum.chargeKind),
      ),
      currency: await this.#dimensions.getNames(
        'currency',
        kinds.map(sum => sum.currency),
      ),
    };
    const currencies = [...series]
      .map(([currency, entry]) => ({ currency, ...entry }))
      .sort((a, b) => compare(totalOf(b.amounts), totalOf(a.amounts)))
      .map(({ currency, series: lines, amounts, otherBasis }) => {
        const categories = new Map<string, bigint>();
        for (const sum of kinds) {
          if (
            sum.currency === currency &&
            (environmentId === undefined || sum.environment === environmentId)
          ) {
            const category = names.category.get(sum.chargeKind) ?? 'Usage';
            addTo(categories, category, sum[basis]);
          }
        }
        return toCurrencyCosts({
          currency: names.currency.get(currency) ?? '',
          total: totalOf(amounts),
          otherBasis,
          lines,
          categories,
          comparison: comparison && {
            window: comparison.window,
            total: comparison.total.get(currency) ?? 0n,
            usage: comparison.usage.get(currency) ?? 0n,
            usageBefore: comparison.usageBefore.get(currency) ?? 0n,
          },
        });
      });

    const daily = options.daily
      ? {
          all: await this.#daily(selection, basis),
          usage: await this.#daily(selection, basis, { usageOnly: true }),
        }
      : undefined;
    const parts = new Map<string, { entity: number; currency: string }>();
    const partTotals = new Map<string, bigint>();
    for (const { entity, currency, [basis]: amount } of byEntity) {
      const key = `${entity} ${currency}`;
      parts.set(key, {
        entity,
        currency: names.currency.get(currency) ?? '',
      });
      addTo(partTotals, key, amount);
    }
    return {
      periods,
      extent,
      used,
      environments: [
        ...new Set(
          kinds.map(sum => names.environment.get(sum.environment)?.name ?? ''),
        ),
      ].sort(),
      currencies,
      parts: rankedTotals(partTotals).flatMap(({ key, total }) => {
        const part = parts.get(key);
        return part ? [{ ...part, total }] : [];
      }),
      resourcesBilled,
      ...(daily && {
        daily: currencies.map(({ currency }) => ({
          currency,
          daily: daily.all.get(currency) ?? new Map(),
          usage: daily.usage.get(currency) ?? new Map(),
        })),
      }),
    };
  }

  /** By currency and day, of the window and of as many days before it. */
  async #daily(
    selection: {
      entityIds: number[];
      window: DayWindow;
      environmentId?: number;
    },
    basis: 'effective' | 'billed',
    only: { usageOnly?: boolean } = {},
  ): Promise<Map<string, Map<number, bigint>>> {
    const { window } = selection;
    const sums = await this.#costs.sum({
      ...selection,
      ...only,
      window: { from: daysBefore(window).from, to: window.to },
      per: 'day',
      by: ['currency'],
    });
    const names = await this.#dimensions.getNames(
      'currency',
      sums.map(({ currency }) => currency),
    );
    const byCurrency = new Map<string, Map<number, bigint>>();
    for (const { currency, day, [basis]: amount } of sums) {
      const code = names.get(currency) ?? '';
      const days = byCurrency.get(code) ?? new Map<number, bigint>();
      byCurrency.set(code, days);
      addTo(days, day, amount);
    }
    return byCurrency;
  }

  /** Like for like: usage in the days of the window that are complete, and in as many right before it. */
  async #comparison(
    selection: {
      entityIds: number[];
      window: DayWindow;
      environmentId?: number;
    },
    basis: 'effective' | 'billed',
    extent: DataExtent,
    used: ReadonlySet<number>,
    dataThrough: number | undefined,
  ): Promise<Comparison<ReadonlyMap<number, bigint>> | undefined> {
    const { from, to } = selection.window;
    const complete = {
      from,
      to: Math.min(to, (dataThrough ?? from - 1) + 1),
    };
    if (complete.to <= from) {
      return undefined;
    }
    const window = daysBefore(complete);
    if (!extent.covers(used, complete) || !extent.covers(used, window)) {
      return undefined;
    }
    const totals = async (of: DayWindow, usageOnly: boolean) => {
      const sums = await this.#costs.sum({
        ...selection,
        usageOnly,
        window: of,
        per: 'window',
        by: ['currency'],
      });
      const byCurrency = new Map<number, bigint>();
      for (const { currency, [basis]: amount } of sums) {
        addTo(byCurrency, currency, amount);
      }
      return byCurrency;
    };
    return {
      window,
      total: await totals(window, false),
      usage: await totals(complete, true),
      usageBefore: await totals(window, true),
    };
  }
}

function toCurrencyCosts(parts: {
  currency: string;
  total: bigint;
  otherBasis: bigint;
  lines: CostSeries[];
  categories: ReadonlyMap<string, bigint>;
  comparison?: Comparison<bigint>;
}): CurrencyCosts {
  const { comparison } = parts;
  const change =
    comparison && changeOf(comparison.usage, comparison.usageBefore);
  return {
    currency: parts.currency,
    total: nanosToDecimal(parts.total),
    otherBasisTotal: nanosToDecimal(parts.otherBasis),
    series: parts.lines,
    byChargeCategory: rankedTotals(parts.categories).map(({ key, total }) => ({
      category: key,
      total,
    })),
    ...(comparison && {
      comparison: {
        from: dayToText(comparison.window.from),
        to: dayToText(comparison.window.to),
        total: nanosToDecimal(comparison.total),
        usage: nanosToDecimal(comparison.usage),
        usageBefore: nanosToDecimal(comparison.usageBefore),
        ...(change !== undefined && { change }),
      },
    }),
  };
}
