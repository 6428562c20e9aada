import { addMonths } from '../../database';
import type { CostStore, LivePartition } from '../CostStore';
import { DataExtent } from '../DataExtent';
import type { Dimensions } from '../Dimensions';
import { calendarOf, type PortfolioCalendar } from './calendar';
import { versionOf } from './cursor';
import type { DayWindowStore } from './DayWindowStore';
import { LineGatherer, type Names } from './LineGatherer';
import type { Line, LineKey } from './lines';
import { monthsFrom } from './monthStates';
import type { PortfolioView } from './PortfolioService';
import type {
  MonthSum,
  PortfolioEntity,
  PortfolioSelection,
  PortfolioStore,
} from './PortfolioStore';

/** What is apart from the rows; `unused` commitments lie within the shared cost. @internal */
export type BucketName = 'shared' | 'unused' | 'unallocated';

/** What was read of a portfolio. @internal */
export interface PortfolioData {
  /** Stands for the data that is live. */
  version: string;
  extent: DataExtent;
  /** Keys of the sources that hold costs of what is shown. */
  used: ReadonlySet<number>;
  calendar: PortfolioCalendar;
  /** Of the costs in these months, whatever the environment asked for. */
  environments: string[];
  entities: readonly PortfolioEntity[];
  /** How many have a cost in each environment, by its name; where rows stand for environments. */
  entitiesIn: ReadonlyMap<string, number>;
  /** Of the scope, in the catalog, whoever may read them. */
  entitiesThere: number;
  lines: Line[];
  /** One line a currency, for the buckets the caller may see. */
  buckets: Partial<Record<BucketName, Line[]>>;
}

/** Reads what a portfolio is made of. @internal */
export class PortfolioDataReader {
  readonly #costs: CostStore;
  readonly #store: PortfolioStore;
  readonly #windows: DayWindowStore;
  readonly #dimensions: Dimensions;

  private constructor(
    costs: CostStore,
    store: PortfolioStore,
    windows: DayWindowStore,
    dimensions: Dimensions,
  ) {
    this.#costs = costs;
    this.#store = store;
    this.#windows = windows;
    this.#dimensions = dimensions;
  }

  static create(options: {
    costs: CostStore;
    store: PortfolioStore;
    windows: DayWindowStore;
    dimensions: Dimensions;
  }): PortfolioDataReader {
    return new PortfolioDataReader(
      options.costs,
      options.store,
      options.windows,
      options.dimensions,
    );
  }

  /** All of it is of the same live data. */
  async read(view: PortfolioView): Promise<PortfolioData> {
    const { query } = view;
    const environmentId = await this.#dimensions.findEnvironment(
      query.environment,
    );
    const selection: PortfolioSelection = {
      ...query,
      environmentId,
      readable: view.readable,
    };
    return this.#costs.readLive(partitions =>
      this.#readLive(view, selection, partitions),
    );
  }

  async #readLive(
    { query, buckets: shown }: PortfolioView,
    selection: PortfolioSelection,
    partitions: readonly LivePartition[],
  ): Promise<PortfolioData> {
    const months = monthsFrom(addMonths(query.from, -1), query.to);
    const withBefore = { ...selection, from: months[0] };
    const sums = await this.#store.sumMonths(withBefore);
    const entities = await this.#store.listEntities(selection);
    const bucketSums = await this.#sumBuckets(shown, withBefore);
    const all = [sums, ...bucketSums.map(bucket => bucket.sums)].flat();

    const extent = DataExtent.of(partitions);
    const used = new Set(all.map(({ source }) => source));
    const calendar = calendarOf(
      months,
      extent,
      used.size > 0 ? [...used] : extent.sources,
    );
    const { days } = calendar;
    const toDate = days && (await this.#windows.read(days.toDate));
    const sameDaysBefore =
      days?.sameDaysBefore && (await this.#windows.read(days.sameDaysBefore));
    const names = await this.#namesOf(all);
    const gather = (
      of: readonly MonthSum[],
      whose: (sum: MonthSum) => LineKey,
      members: readonly (readonly [number, LineKey])[],
      byEnvironment = false,
    ) =>
      LineGatherer.create({
        calendar,
        names,
        basis: query.basis,
        environmentId: selection.environmentId,
        currency: query.currency,
        byEnvironment,
      })
        .addMonths(of, whose)
        .addDays('toDate', toDate, members)
        .addDays('sameDaysBefore', sameDaysBefore, members).lines;

    return {
      version: versionOf(partitions),
      extent,
      used,
      calendar,
      environments: [
        ...new Set(
          all
            .filter(({ month }) => month >= query.from)
            .map(sum => names.environments.get(sum.environment)?.name ?? ''),
        ),
      ].sort(),
      entities,
      entitiesIn:
        query.by === 'environment'
          ? await this.#countIn(selection, names)
          : new Map(),
      entitiesThere: await this.#store.countEntities(query.scope),
      lines: gather(
        sums,
        keyOf,
        entities.map(entity => [entity.id, keyOf(entity)] as const),
        query.by === 'environment',
      ),
      buckets: Object.fromEntries(
        bucketSums.map(bucket => {
          const key: LineKey = { kind: 'named', key: bucket.name };
          const members =
            bucket.id === undefined ? [] : [[bucket.id, key] as const];
          return [bucket.name, gather(bucket.sums, () => key, members)];
        }),
      ),
    };
  }

  async #sumBuckets(
    { shared, unallocated }: PortfolioView['buckets'],
    selection: PortfolioSelection,
  ): Promise<{ name: BucketName; id?: number; sums: MonthSum[] }[]> {
    const read = [];
    if (shared !== undefined) {
      const sums = await this.#store.sumBucket(shared, selection);
      const unused = await this.#store.sumUnused(shared, selection);
      read.push({ name: 'shared', id: shared, sums } as const);
      // Days of these are not added up apart from the rest of the shared cost.
      read.push({ name: 'unused', sums: unused } as const);
    }
    if (unallocated !== undefined) {
      const sums = await this.#store.sumBucket(unallocated, selection);
      read.push({ name: 'unallocated', id: unallocated, sums } as const);
    }
    return read;
  }

  async #countIn(
    selection: PortfolioSelection,
    { environments }: Names,
  ): Promise<ReadonlyMap<string, number>> {
    const counts = await this.#store.countByEnvironment(selection);
    return new Map(
      [...counts].map(([id, count]) => [
        environments.get(id)?.name ?? '',
        count,
      ]),
    );
  }

  async #namesOf(sums: readonly MonthSum[]): Promise<Names> {
    return {
      environments: await this.#dimensions.getEnvironments(
        sums.map(({ environment }) => environment),
      ),
      currencies: await this.#dimensions.getNames(
        'currency',
        sums.map(({ currency }) => currency),
      ),
    };
  }
}

/** Whom an entity's cost stands with. @internal */
export function keyOf({
  removed,
  key,
}: {
  removed: boolean;
  key?: string;
}): LineKey {
  if (removed) {
    return { kind: 'removed' };
  }
  return key === undefined ? { kind: 'none' } : { kind: 'named', key };
}
