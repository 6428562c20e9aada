import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import { addMonths } from '../../database';
import type { CostStore, LivePartition } from '../CostStore';
import { DataExtent } from '../DataExtent';
import type { Dimensions } from '../Dimensions';
import { calendarOf, type PortfolioCalendar } from './calendar';
import { versionOf } from './cursor';
import type { DayWindowStore } from './DayWindowStore';
import { gatherMonths, type Member } from './gatherMonths';
import { LineGatherer, type Names } from './LineGatherer';
import type { Line, LineKey } from './lines';
import { monthsFrom } from './monthStates';
import type { LiveMonths, MonthStore } from './MonthStore';
import type { PortfolioView } from './PortfolioService';
import type { PortfolioEntity, PortfolioStore } from './PortfolioStore';

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
  /** `hasCost`: in these months and the environment asked for. */
  entities: readonly (PortfolioEntity & { hasCost: boolean })[];
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
  readonly #months: MonthStore;
  readonly #windows: DayWindowStore;
  readonly #dimensions: Dimensions;

  private constructor(
    costs: CostStore,
    store: PortfolioStore,
    months: MonthStore,
    windows: DayWindowStore,
    dimensions: Dimensions,
  ) {
    this.#costs = costs;
    this.#store = store;
    this.#months = months;
    this.#windows = windows;
    this.#dimensions = dimensions;
  }

  static create(options: {
    costs: CostStore;
    store: PortfolioStore;
    months: MonthStore;
    windows: DayWindowStore;
    dimensions: Dimensions;
  }): PortfolioDataReader {
    return new PortfolioDataReader(
      options.costs,
      options.store,
      options.months,
      options.windows,
      options.dimensions,
    );
  }

  /** All of it is of the same live data. */
  async read(view: PortfolioView): Promise<PortfolioData> {
    const environmentId = await this.#dimensions.findEnvironment(
      view.query.environment,
    );
    return this.#costs.readLive(partitions =>
      this.#readLive(view, environmentId, partitions),
    );
  }

  async #readLive(
    { query, readable, buckets: shown }: PortfolioView,
    environmentId: number | undefined,
    partitions: readonly LivePartition[],
  ): Promise<PortfolioData> {
    const months = monthsFrom(addMonths(query.from, -1), query.to);
    const window = { ...query, from: months[0] };
    const live = await this.#months.read(window.from, window.to);
    const listed = await this.#store.listEntities({ ...query, readable });
    const names = await this.#namesOf(live);
    const gathererFor = (byEnvironment: boolean) =>
      LineGatherer.create({
        ...query,
        months: months.length,
        names,
        environmentId,
        byEnvironment,
      });
    const gather = (members: readonly Member[], into: LineGatherer) =>
      gatherMonths({ ...query, live, months, members, environmentId, into });

    const whose = keysOnce();
    const members = listed.map(entity => [entity.id, whose(entity)] as const);
    const rows = gathererFor(query.by === 'environment');
    const seen = gather(members, rows);
    const buckets = bucketMembers(shown).map(([name, member]) => {
      const into = gathererFor(false);
      return { name, member, into, seen: gather([member], into) };
    });
    const all = [seen, ...buckets.map(bucket => bucket.seen)];

    const extent = DataExtent.of(partitions);
    const used = new Set(all.flatMap(({ sources }) => [...sources]));
    const calendar = calendarOf(
      months,
      extent,
      used.size > 0 ? [...used] : extent.sources,
    );
    const { days } = calendar;
    for (const [name, of] of [
      ['toDate', days?.toDate],
      ['sameDaysBefore', days?.sameDaysBefore],
    ] as const) {
      const sums = of && (await this.#windows.read(of));
      rows.addDays(name, sums, members);
      buckets.forEach(({ into, member }) => into.addDays(name, sums, [member]));
    }
    const nameOf = (id: number) => names.environments.get(id)?.name ?? '';
    return {
      version: versionOf(partitions),
      extent,
      used,
      calendar,
      environments: [
        ...new Set(all.flatMap(one => [...one.environments].map(nameOf))),
      ].sort(),
      entities: listed.map(entity => ({
        ...entity,
        hasCost: seen.withCost.has(entity.id),
      })),
      entitiesIn: new Map(
        query.by === 'environment'
          ? [...seen.membersIn].map(([id, count]) => [nameOf(id), count])
          : [],
      ),
      entitiesThere: await this.#store.countEntities(query.scope),
      lines: rows.lines,
      buckets: {
        ...Object.fromEntries(
          buckets.map(({ name, into }) => [name, into.lines]),
        ),
        ...(shown.shared !== undefined && {
          unused: await this.#unused(
            shown.shared,
            window,
            months,
            gathererFor(false),
          ),
        }),
      },
    };
  }

  /** Days of these are not told apart from the rest of the shared cost. */
  async #unused(
    sharedId: number,
    window: { from: string; to: string; basis: CostBasis },
    months: readonly string[],
    into: LineGatherer,
  ): Promise<Line[]> {
    const key: LineKey = { kind: 'named', key: 'unused' };
    for (const sum of await this.#store.sumUnused(sharedId, window)) {
      const { environment, currency, month, amount } = sum;
      into.addMonth(key, environment, currency, months.indexOf(month), amount);
    }
    return into.lines;
  }

  async #namesOf(live: readonly LiveMonths[]): Promise<Names> {
    return {
      environments: await this.#dimensions.getEnvironments(
        live.flatMap(({ sums }) => [...sums.environments]),
      ),
      currencies: await this.#dimensions.getNames(
        'currency',
        live.flatMap(({ sums }) => [...sums.currencies]),
      ),
    };
  }
}

function bucketMembers(
  shown: PortfolioView['buckets'],
): [BucketName, Member][] {
  return (['shared', 'unallocated'] as const).flatMap(name => {
    const id = shown[name];
    const key: LineKey = { kind: 'named', key: name };
    return id === undefined ? [] : [[name, [id, key]] as [BucketName, Member]];
  });
}

/** One object for all that stand for the same. */
function keysOnce(): (entity: PortfolioEntity) => LineKey {
  const keys = new Map<string, LineKey>();
  return entity => {
    const id = `${entity.removed} ${entity.key ?? ''}`;
    const known = keys.get(entity.removed ? 'removed' : id);
    if (known) {
      return known;
    }
    const key = keyOf(entity);
    keys.set(entity.removed ? 'removed' : id, key);
    return key;
  };
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
