import type {
  TagKeys,
  UnallocatedCosts,
  UnallocatedGroup,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  dayToText,
  ExactDecimal,
  nanosToDecimal,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
  type PlumblineDatabase,
} from '../../database';
import { changeOf, daysBefore } from '../comparison';
import type { SourceStatuses } from '../CostService';
import { CostStore, type DayWindow, type LivePartition } from '../CostStore';
import { CoverageStore } from '../CoverageStore';
import { DataExtent } from '../DataExtent';
import { Dimensions, type EnvironmentReader } from '../Dimensions';
import { freshnessOf } from '../freshness';
import { addTo, compare } from '../series';
import {
  BucketStore,
  type BucketSums,
  type StoredSelection,
} from './BucketStore';
import type { BucketWindows } from './bucketSql';
import { labelsOf } from './groupLabels';
import type {
  BucketSelection,
  ParsedUnallocatedQuery,
  UnallocatedRequest,
  UnallocatedService,
} from './UnallocatedService';

const BUCKET_IDS = {
  unallocated: UNALLOCATED_ENTITY_ID,
  shared: SHARED_ENTITY_ID,
};

/** The whole bucket in each currency, the largest first. */
interface BucketTotal {
  currencyId: number;
  currency: string;
  total: bigint;
}

/**
 * What cost that belongs to no entity consists of, for whoever asks; see {@link AuthorizedUnallocatedService}.
 *
 * @internal
 */
export class DefaultUnallocatedService implements UnallocatedService {
  readonly #database: PlumblineDatabase;
  readonly #statuses: SourceStatuses;
  readonly #costs: CostStore;
  readonly #buckets: BucketStore;
  readonly #coverage: CoverageStore;
  readonly #dimensions: Dimensions;

  private constructor(options: {
    database: PlumblineDatabase;
    statuses: SourceStatuses;
    bindings: EnvironmentReader;
  }) {
    this.#database = options.database;
    this.#statuses = options.statuses;
    this.#costs = CostStore.create(options);
    this.#buckets = BucketStore.create(options);
    this.#coverage = CoverageStore.create(options);
    this.#dimensions = Dimensions.create({
      database: options.database,
      environments: options.bindings,
    });
  }

  static create(options: {
    database: PlumblineDatabase;
    statuses: SourceStatuses;
    bindings: EnvironmentReader;
  }): DefaultUnallocatedService {
    return new DefaultUnallocatedService(options);
  }

  async getCosts({
    query,
  }: UnallocatedRequest<ParsedUnallocatedQuery>): Promise<UnallocatedCosts> {
    const statuses = await this.#statuses.getStatuses();
    return this.#costs.readLive(async partitions => {
      const extent = DataExtent.of(partitions);
      const totals = await this.#bucketTotals(query);
      const known = {
        bucket: query.bucket,
        basis: query.basis,
        groupBy: query.groupBy,
        ...(query.tagKey !== undefined && { tagKey: query.tagKey }),
        ...daysOf(query.window, extent),
        currencies: totals.map(({ currency, total }) => ({
          currency,
          total: nanosToDecimal(total),
        })),
        freshness: freshnessOf(statuses, extent, new Set(extent.sources)),
      };
      const chosen = chooseCurrency(totals, query.currency);
      if (!chosen) {
        return {
          ...known,
          ...(query.currency !== undefined && { currency: query.currency }),
          total: '0',
          resources: 0,
          groups: [],
          groupCount: 0,
        };
      }
      const selection = {
        ...storedSelection(query, chosen.currencyId),
        windows: windowsOf(query.window, partitions, extent),
      };
      return {
        ...known,
        currency: chosen.currency,
        ...(await this.#breakdown(query, selection, chosen.total)),
      };
    });
  }

  async getTagKeys({
    query,
  }: UnallocatedRequest<BucketSelection>): Promise<TagKeys> {
    return this.#costs.readLive(async () => {
      const chosen = chooseCurrency(
        await this.#bucketTotals(query),
        query.currency,
      );
      if (!chosen) {
        return { total: '0', items: [] };
      }
      const selection = storedSelection(query, chosen.currencyId);
      const { total, keys } = await this.#buckets.tagKeys(selection);
      return {
        currency: chosen.currency,
        total: nanosToDecimal(total),
        items: keys.map(item => ({
          key: item.key,
          total: nanosToDecimal(item.total),
          ...shareOf(item.total, total),
          resources: item.resources,
        })),
      };
    });
  }

  async #breakdown(
    query: ParsedUnallocatedQuery,
    selection: StoredSelection,
    bucketTotal: bigint,
  ) {
    const { offset, limit } = query;
    const { groups, count, sums } = await this.#buckets.group(
      selection,
      query,
      { offset, limit },
    );
    const labelOf = await labelsOf(groups, query, {
      database: this.#database,
      coverage: this.#coverage,
    });
    const compared = selection.windows.prior !== undefined;
    const unfiltered = Object.keys(query.filter).length === 0;
    const withoutDetail = bucketTotal - sums.total;
    return {
      total: nanosToDecimal(sums.total),
      resources: sums.resources,
      ...comparisonOf(sums, selection.windows),
      ...(unfiltered &&
        withoutDetail !== 0n && {
          withoutDetail: nanosToDecimal(withoutDetail),
        }),
      groups: groups.map(
        (group): UnallocatedGroup => ({
          ...(group.key !== undefined && { key: group.key }),
          ...labelOf(group.key),
          total: nanosToDecimal(group.total),
          ...shareOf(group.total, sums.total),
          ...(compared && changed(group)),
          resources: group.resources,
        }),
      ),
      groupCount: Math.max(count, groups.length),
      ...(offset + groups.length < count && {
        nextCursor: String(offset + groups.length),
      }),
    };
  }

  async #bucketTotals(query: BucketSelection): Promise<BucketTotal[]> {
    const sums = await this.#costs.sum({
      entityIds: [BUCKET_IDS[query.bucket]],
      window: query.window,
      per: 'window',
      by: ['currency'],
    });
    const totals = new Map<number, bigint>();
    for (const { currency, [query.basis]: amount } of sums) {
      addTo(totals, currency, amount);
    }
    const names = await this.#dimensions.getNames('currency', totals.keys());
    return [...totals]
      .map(([currencyId, total]) => ({
        currencyId,
        currency: names.get(currencyId) ?? '',
        total,
      }))
      .sort((a, b) => compare(b.total, a.total));
  }
}

function storedSelection(
  { bucket, basis, filter, window }: BucketSelection,
  currencyId: number,
): StoredSelection {
  return {
    bucketId: BUCKET_IDS[bucket],
    currencyId,
    basis,
    filter,
    windows: { asked: window },
  };
}

function chooseCurrency(
  totals: readonly BucketTotal[],
  wanted: string | undefined,
): BucketTotal | undefined {
  return wanted === undefined
    ? totals[0]
    : totals.find(({ currency }) => currency === wanted);
}

/** What the answer says of its days. */
function daysOf(window: DayWindow, extent: DataExtent) {
  const { sources } = extent;
  const unknownFrom = Math.max(
    window.from,
    (extent.dataThrough(sources) ?? -Infinity) + 1,
  );
  const missing = extent.missing(
    sources,
    { from: window.from, to: Math.min(unknownFrom, window.to) },
    'day',
  );
  return {
    from: dayToText(window.from),
    to: dayToText(window.to),
    ...(unknownFrom < window.to && { incompleteFrom: dayToText(unknownFrom) }),
    missing: missing.map(({ from, to }) => ({
      from: dayToText(from),
      to: dayToText(to),
    })),
  };
}

/** Like for like: the days of the window that are complete, and as many right before it. */
function windowsOf(
  asked: DayWindow,
  partitions: readonly LivePartition[],
  extent: DataExtent,
): BucketWindows {
  const sources = new Set(partitions.map(({ source }) => source));
  const through = extent.dataThrough(sources) ?? asked.from - 1;
  const complete = { from: asked.from, to: Math.min(asked.to, through + 1) };
  const before = daysBefore(complete);
  return complete.from < complete.to &&
    extent.covers(sources, complete, 'day') &&
    extent.covers(sources, before, 'day')
    ? { asked, complete, prior: before }
    : { asked };
}

function comparisonOf(sums: BucketSums, { prior }: BucketWindows) {
  return (
    prior && {
      comparison: {
        from: dayToText(prior.from),
        to: dayToText(prior.to),
        total: nanosToDecimal(sums.before),
        ...changed(sums),
      },
    }
  );
}

function changed({ complete, before }: BucketSums) {
  const change = changeOf(complete, before);
  return change === undefined ? {} : { change };
}

function shareOf(part: bigint, whole: bigint) {
  return whole > 0n
    ? {
        share: new ExactDecimal(String(part))
          .dividedBy(String(whole))
          .toFixed(6),
      }
    : {};
}
