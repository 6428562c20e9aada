import type { CostSeries } from '@plumbline/backstage-plugin-plumbline-common';
import type { ParsedCostQuery } from './CostService';
import type { CostStore, DayWindow } from './CostStore';
import type { CoverageStore, ResourceLabel } from './CoverageStore';
import type { Dimensions } from './Dimensions';
import type { Periods } from './periods';
import { SeriesTable } from './series';
import type { SeriesLabel } from './series';

/** The series of one currency. @internal */
export interface CurrencySeries {
  series: CostSeries[];
  /** What the entities cost by period, in nanos. */
  amounts: bigint[];
  /** What they cost in the other basis, in nanos. */
  otherBasis: bigint;
}

/** @internal */
export interface ReadSeriesOptions {
  costs: CostStore;
  coverage: CoverageStore;
  dimensions: Dimensions;
  selection: {
    entityIds: number[];
    window: DayWindow;
    environmentId?: number;
  };
  query: ParsedCostQuery;
  periods: Periods;
}

/** Stands for no resource among the keys of resources. */
const NO_RESOURCE = -1;

/** What is no resource's: parts that rules share, and what links have changed since the rows were made. */
const RELINKED: SeriesLabel = {
  key: 'relinked',
  label: 'Shared with others, or linked differently since',
};

/**
 * Reads the series of a window by currency.
 *
 * @internal
 */
export async function readSeries(
  options: ReadSeriesOptions,
): Promise<ReadonlyMap<number, CurrencySeries>> {
  const { costs, selection, query, periods } = options;
  const { basis, granularity: per, groupBy } = query;
  const otherBasis = basis === 'effective' ? 'billed' : 'effective';
  const dimension =
    groupBy === 'service' || groupBy === 'environment' ? groupBy : undefined;
  const sums = await costs.sum({
    ...selection,
    per,
    by: ['currency', dimension ?? 'currency'],
  });
  const nameOf = await nameReader(options.dimensions, dimension, sums);

  const tables = new Map<number, SeriesTable<string>>();
  const others = new Map<number, bigint>();
  for (const sum of sums) {
    const { currency } = sum;
    const table = getOrAdd(tables, currency, () =>
      SeriesTable.create<string>(periods.starts.length),
    );
    const key = nameOf(sum[dimension ?? 'currency']);
    table.add(key, periods.indexOfDay(sum.day), sum[basis]);
    others.set(currency, (others.get(currency) ?? 0n) + sum[otherBasis]);
  }
  const resources =
    groupBy === 'resource' ? await readResources(options) : undefined;
  const byCurrency = new Map<number, CurrencySeries>();
  for (const [currency, table] of tables) {
    const amounts = table.sums();
    byCurrency.set(currency, {
      amounts,
      otherBasis: others.get(currency) ?? 0n,
      series: resources
        ? resources(currency, amounts)
        : table.toSeries(key => ({
            key,
            label: key === 'total' && !dimension ? 'Total' : key,
          })),
    });
  }
  return byCurrency;
}

/** Names a dimension's keys; what is not broken down is called `total`. */
async function nameReader(
  dimensions: Dimensions,
  dimension: 'service' | 'environment' | undefined,
  sums: readonly Partial<Record<'service' | 'environment', number>>[],
): Promise<(key: number) => string> {
  if (!dimension) {
    return () => 'total';
  }
  const keys = sums.map(sum => sum[dimension] ?? 0);
  if (dimension === 'service') {
    const names = await dimensions.getNames('service', keys);
    return key => names.get(key) ?? '';
  }
  const environments = await dimensions.getEnvironments(keys);
  return key => environments.get(key)?.name ?? '';
}

/**
 * Series by resource. What the entities' stated costs hold beyond those of the resources linked today gets a
 * series of its own: the total is the same by whatever it is grouped.
 */
async function readResources({
  costs,
  coverage,
  selection,
  query,
  periods,
}: ReadSeriesOptions): Promise<
  (currency: number, stated: readonly bigint[]) => CostSeries[]
> {
  const sums = await costs.sumResources({
    ...selection,
    per: query.granularity,
  });
  const labels = await coverage.getResourceLabels([
    ...new Set(sums.map(({ resource }) => resource)),
  ]);
  const tables = new Map<number, SeriesTable<number>>();
  for (const sum of sums) {
    getOrAdd(tables, sum.currency, () =>
      SeriesTable.create<number>(periods.starts.length),
    ).add(sum.resource, periods.indexOfDay(sum.day), sum[query.basis]);
  }
  return (currency, stated) => {
    const table = getOrAdd(tables, currency, () =>
      SeriesTable.create<number>(periods.starts.length),
    );
    const sumsByPeriod = table.sums();
    stated.forEach((nanos, period) => {
      const difference = nanos - sumsByPeriod[period];
      if (difference !== 0n) {
        table.add(NO_RESOURCE, period, difference);
      }
    });
    return table.toSeries(resource => resourceLabel(labels.get(resource)));
  };
}

function resourceLabel(resource: ResourceLabel | undefined): SeriesLabel {
  if (!resource) {
    return RELINKED;
  }
  const { nativeId, name, provider, accountId, region, type } = resource;
  return {
    key: nativeId || `${provider}/${accountId}`,
    label:
      name ??
      (nativeId || `Charges of account ${accountId} without a resource`),
    detail: {
      provider,
      accountId,
      ...(region && { region }),
      ...(type && { type }),
    },
  };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  map.set(key, made);
  return made;
}
