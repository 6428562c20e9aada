import type {
  CostHeadline,
  EntityCosts,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText } from '../database';
import type { PlumblineDatabase } from '../database';
import { noSuchEntity } from '../permissions';
import type { EntityFilter, EntityRecord, EntityStore } from '../permissions';
import { budgetHeadline, BudgetStore, forCaller } from './budgets';
import { convertCosts, convertHeadline } from './currency';
import type { Converters } from './currency';
import { buildHeadline, headlineDays, withBudget } from './CostHeadlines';
import type { HeadlineSum } from './CostHeadlines';
import type {
  CostHeadlineService,
  CostHeadlinesRequest,
  CostService,
  CostsRequest,
  ParsedCostQuery,
  SourceStatuses,
} from './CostService';
import { CostStore } from './CostStore';
import type { DayWindow } from './CostStore';
import { countedEntities, hasCosts, isRollup } from './CountedEntities';
import type { CountedEntities, DependencyReader } from './CountedEntities';
import { CoverageStore } from './CoverageStore';
import type { DataExtent } from './DataExtent';
import { Dimensions } from './Dimensions';
import type { EnvironmentReader } from './Dimensions';
import { EntityCostsReader } from './EntityCostsReader';
import { freshnessOf } from './freshness';
import { headlineOf } from './headlineOf';
import { HeadlineStore } from './HeadlineStore';
import { missingSentence } from './missingSentence';
import { shareProblemOf, ShareStore } from './split';
import { withShared } from './withShared';
import type { HeadlineCosts, UnitCostReader } from './unitCosts';

/** @internal */
export interface DefaultCostServiceOptions {
  database: PlumblineDatabase;
  entities: EntityStore;
  statuses: SourceStatuses;
  bindings: DependencyReader & EnvironmentReader;
  /** What costs are held against; nothing where absent. */
  unitCosts?: UnitCostReader;
  /** Into the reporting currency; none where absent. */
  converters?: Converters;
}

/**
 * Costs out of the database, for whoever asks; see {@link AuthorizedCostService}.
 *
 * @internal
 */
export class DefaultCostService implements CostService, CostHeadlineService {
  readonly #entities: EntityStore;
  readonly #statuses: SourceStatuses;
  readonly #headlines: HeadlineStore;
  readonly #budgets: BudgetStore;
  readonly #coverage: CoverageStore;
  readonly #dimensions: Dimensions;
  readonly #reader: EntityCostsReader;
  readonly #dependencies: DependencyReader;
  readonly #database: PlumblineDatabase;
  readonly #shares: ShareStore;
  readonly #unitCosts: UnitCostReader | undefined;
  readonly #converters: Converters | undefined;

  private constructor(options: DefaultCostServiceOptions) {
    const { database } = options;
    this.#database = database;
    this.#shares = ShareStore.create({ database });
    this.#entities = options.entities;
    this.#statuses = options.statuses;
    this.#dependencies = options.bindings;
    this.#unitCosts = options.unitCosts;
    this.#converters = options.converters;
    this.#headlines = HeadlineStore.create({ database });
    this.#budgets = BudgetStore.create({ database });
    this.#coverage = CoverageStore.create({ database });
    this.#dimensions = Dimensions.create({
      database,
      environments: options.bindings,
    });
    this.#reader = EntityCostsReader.create({
      costs: CostStore.create({ database }),
      coverage: this.#coverage,
      dimensions: this.#dimensions,
    });
  }

  static create(options: DefaultCostServiceOptions): DefaultCostService {
    return new DefaultCostService(options);
  }

  async getCosts(request: CostsRequest): Promise<EntityCosts> {
    const { entityRef, query, readable } = request;
    const entity = request.entity ?? (await this.#entities.getByRef(entityRef));
    if (!entity || !hasCosts(entity.kind)) {
      throw noSuchEntity(entityRef);
    }
    const [counted, wanted, converter] = await Promise.all([
      this.#counted(entity, query.scope, readable),
      this.#unitCosts?.wantedOf(entity) ?? [],
      this.#converters?.get(),
    ]);
    const [statuses, read, matchedBy, stored, shares] = await Promise.all([
      this.#statuses.getStatuses(),
      this.#reader.read(counted, query, {
        daily: wanted.length > 0 || converter !== undefined,
      }),
      this.#coverage.countMatched(counted.entities.map(({ id }) => id)),
      this.#budgets.ofEntities([entity.id]),
      this.#sharesOf(entity, counted, query),
    ]);
    const hidden = isRollup(entity.kind) ? counted.members?.hidden ?? 0 : 0;
    const budgets = (stored.get(entity.id) ?? []).map(budget =>
      forCaller(budget, hidden),
    );
    const resourcesBound = matchedBy.reduce(
      (sum, { resources }) => sum + resources,
      0,
    );
    const freshness = freshnessOf(statuses, read.extent, read.used);
    const { window } = query;
    const sources = read.used.size > 0 ? read.used : read.extent.sources;
    const unknownFrom = Math.max(
      window.from,
      (read.extent.dataThrough(sources) ?? -Infinity) + 1,
    );
    const missing = read.extent.missing(
      sources,
      { from: window.from, to: Math.min(unknownFrom, window.to) },
      query.granularity,
    );
    const hasFigures = read.currencies.length > 0;
    const { daily = [], periods } = read;
    const periodOfDay = {
      count: periods.starts.length,
      indexOfDay: (day: number) => periods.indexOfDay(day),
    };
    const unitCosts =
      (await this.#unitCosts?.read({
        entity,
        wanted,
        costs: {
          currencies: daily,
          isKnown: day =>
            read.used.size > 0 &&
            read.extent.covers(read.used, { from: day, to: day + 1 }, 'day'),
        },
        window,
        periods: periodOfDay,
        hidden: counted.members?.hidden ?? 0,
      })) ?? [];
    const converted =
      converter &&
      convertCosts({
        converter,
        exact: read.currencies,
        daily,
        window,
        periods: periodOfDay,
      });
    const budget = budgetHeadline(budgets);
    const refs = new Map(counted.entities.map(({ id, ref }) => [id, ref]));
    return {
      entityRef,
      scope: counted.scope,
      headline: withBudget(
        budget,
        headlineOf({
          configured: statuses.length > 0,
          kind: entity.kind,
          members: counted.members,
          resourcesBound,
          hasFigures,
          freshness,
          missing: missingSentence(missing, window),
          ...(read.environments.length > 0 && {
            environment: query.environment,
          }),
        }),
      ),
      basis: query.basis,
      granularity: query.granularity,
      groupBy: query.groupBy,
      from: dayToText(window.from),
      to: dayToText(window.to),
      ...(query.environment !== undefined && {
        environment: query.environment,
      }),
      environments: read.environments,
      periods: read.periods.starts,
      ...(unknownFrom < window.to && {
        incompleteFrom: dayToText(unknownFrom),
      }),
      missing: missing.map(({ from, to }) => ({
        from: dayToText(from),
        to: dayToText(to),
      })),
      currencies: read.currencies,
      ...(counted.members && {
        parts: read.parts.flatMap(({ entity: id, currency, total }) => {
          const ref = refs.get(id);
          return ref ? [{ entityRef: ref, currency, total }] : [];
        }),
        members: counted.members,
      }),
      ...shares,
      coverage: {
        resourcesBound,
        resourcesBilled: read.resourcesBilled,
      },
      matchedBy,
      freshness,
      forecast: {
        state: 'not-set-up',
        reason: 'Forecasts are not set up in this portal.',
      },
      budget,
      budgets,
      unitCosts,
      ...(converted && { converted }),
    };
  }

  async getHeadlines({
    entities,
    readable,
  }: CostHeadlinesRequest): Promise<ReadonlyMap<EntityRef, CostHeadline>> {
    const selections = await this.#select(
      entities.filter(({ kind }) => hasCosts(kind)),
      readable,
    );
    if (selections.length === 0) {
      return new Map();
    }
    const [statuses, { extent, sums }, claimed, budgets] = await Promise.all([
      this.#statuses.getStatuses(),
      this.#headlineSums(selections),
      this.#coverage.getClaimedEnvironments([
        ...new Set(selections.flatMap(({ ids }) => ids)),
      ]),
      this.#budgets.ofEntities(selections.map(({ entity }) => entity.id)),
    ]);
    const all = [...sums.values()].flat();
    const [environments, currencies, bound] = await Promise.all([
      this.#dimensions.getEnvironments([
        ...all.map(({ environment }) => environment),
        ...[...claimed.values()].flat(),
      ]),
      this.#dimensions.getNames(
        'currency',
        all.map(({ currency }) => currency),
      ),
      this.#countBound(selections, sums),
    ]);
    const converter = await this.#converters?.get();
    const headlines = new Map<EntityRef, CostHeadline>();
    const unitCostsOf: HeadlineCosts[] = [];
    for (const { entity, members, ids } of selections) {
      const parts = {
        entity,
        members,
        sums: sums.get(entity.id) ?? [],
        resourcesBound: ids.reduce((sum, id) => sum + (bound.get(id) ?? 0), 0),
        claimedEnvironments: new Set(ids.flatMap(id => claimed.get(id) ?? [])),
        extent,
        statuses,
        environments,
        currencies,
        budget: budgetHeadline(
          (budgets.get(entity.id) ?? []).map(budget =>
            forCaller(budget, members?.hidden ?? 0),
          ),
        ),
      };
      const days = headlineDays(parts);
      const { used, windows } = days;
      const covered = (window: DayWindow) => extent.covers(used, window, 'day');
      const converted =
        converter &&
        windows &&
        convertHeadline(converter, days.currencies, windows, covered);
      if (windows && (members?.hidden ?? 0) === 0) {
        unitCostsOf.push({
          entity,
          costs: {
            currencies: days.currencies,
            isKnown: day => covered({ from: day, to: day + 1 }),
          },
          windows,
        });
      }
      headlines.set(entity.ref, {
        ...buildHeadline(parts, days),
        ...(converted && { converted }),
      });
    }
    await this.#addUnitCosts(headlines, unitCostsOf);
    return withShared({
      headlines,
      entities: selections.flatMap(({ entity, members }) =>
        members ? [] : [entity],
      ),
      shares: this.#shares,
      environments: await this.#dimensions.listEnvironments(),
      currencies,
    });
  }

  /** What is shared of the entity's own cost; in sums over several, parts would cancel out. */
  async #sharesOf(
    entity: EntityRecord,
    { scope }: CountedEntities,
    { window, basis, environment }: ParsedCostQuery,
  ): Promise<Pick<EntityCosts, 'shares' | 'sharesProblem'>> {
    if (scope !== 'own') {
      return {};
    }
    const environments =
      environment === undefined
        ? undefined
        : await this.#dimensions.listEnvironments();
    const [shares, sharesProblem] = await Promise.all([
      this.#shares.getShares({
        entityId: entity.id,
        window,
        basis,
        ...(environments && {
          environmentId:
            [...environments.values()].find(({ name }) => name === environment)
              ?.id ?? -1,
        }),
      }),
      shareProblemOf(this.#database, entity.ref),
    ]);
    return {
      ...(shares.length > 0 && { shares }),
      ...(sharesProblem !== undefined && { sharesProblem }),
    };
  }

  async #counted(
    entity: EntityRecord,
    scope: 'own' | 'with-dependencies',
    readable: EntityFilter,
  ): Promise<CountedEntities> {
    return countedEntities({
      entities: this.#entities,
      dependencies: this.#dependencies,
      entity,
      scope,
      readable,
    });
  }

  async #select(
    entities: readonly EntityRecord[],
    readable: EntityFilter,
  ): Promise<Selection[]> {
    const selections: Selection[] = [];
    for (const entity of entities) {
      if (isRollup(entity.kind)) {
        const counted = await this.#counted(entity, 'own', readable);
        selections.push({
          entity,
          ids: counted.entities.map(({ id }) => id),
          members: counted.members,
        });
      } else {
        selections.push({ entity, ids: [entity.id] });
      }
    }
    return selections;
  }

  /** The metrics are read for all entities at once. */
  async #addUnitCosts(
    headlines: Map<EntityRef, CostHeadline>,
    asked: readonly HeadlineCosts[],
  ): Promise<void> {
    const found = await this.#unitCosts?.headlines(asked);
    for (const { entity } of asked) {
      const headline = headlines.get(entity.ref);
      const unitCost = found?.get(entity.id);
      if (headline && unitCost) {
        headlines.set(entity.ref, { ...headline, unitCost });
      }
    }
  }

  /** One statement for all entities that have costs of their own, one for each that adds up others. */
  async #headlineSums(
    selections: readonly Selection[],
  ): Promise<{ extent: DataExtent; sums: Map<number, HeadlineSum[]> }> {
    const own = selections.filter(({ members }) => !members);
    const rollups = selections.filter(({ members }) => members);
    const { extent, sums } = await this.#headlines.read([
      ...(own.length > 0
        ? [{ entityIds: own.flatMap(({ ids }) => ids), apart: true }]
        : []),
      ...rollups.map(({ ids }) => ({ entityIds: ids, apart: false })),
    ]);
    const ownSums = own.length > 0 ? sums[0] : [];
    const rollupSums = own.length > 0 ? sums.slice(1) : sums;
    const byEntity = new Map(
      rollups.map(({ entity }, index) => [entity.id, rollupSums[index]]),
    );
    for (const sum of ownSums) {
      const { entity } = sum;
      if (entity !== undefined) {
        const known = byEntity.get(entity);
        if (known) {
          known.push(sum);
        } else {
          byEntity.set(entity, [sum]);
        }
      }
    }
    return { extent, sums: byEntity };
  }

  /** Only who has no figures is asked for the reason. */
  async #countBound(
    selections: readonly Selection[],
    sums: ReadonlyMap<number, HeadlineSum[]>,
  ): Promise<ReadonlyMap<number, number>> {
    const ids = selections
      .filter(({ entity }) => !sums.get(entity.id)?.length)
      .flatMap(selection => selection.ids);
    return this.#coverage.countBound(ids);
  }
}

interface Selection {
  entity: EntityRecord;
  /** The entities whose own costs are added up. */
  ids: number[];
  members?: { counted: number; hidden: number };
}
