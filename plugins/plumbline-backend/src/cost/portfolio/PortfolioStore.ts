import type {
  CostBasis,
  PortfolioBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import {
  endDayOfMonth,
  firstDayOfMonth,
  type PlumblineDatabase,
} from '../../database';
import { whereEntity, type EntityFilter } from '../../permissions';
import type { PortfolioScope } from './PortfolioService';

/** A sum of one month; what it is of is for its reader to know. @internal */
export interface MonthSum {
  /** An entity reference; undefined where the entities have none. */
  key?: string;
  /** Of entities that are no longer in the catalog. */
  removed: boolean;
  source: number;
  environment: number;
  currency: number;
  month: string;
  /** In nanos. */
  amount: bigint;
}

/** An entity of the portfolio. @internal */
export interface PortfolioEntity {
  id: number;
  key?: string;
  removed: boolean;
  /** Whether it has a cost in the months and the environment. */
  hasCost: boolean;
}

/** Which months and entities to add up. @internal */
export interface PortfolioSelection {
  by: PortfolioBy;
  /** Both inclusive. */
  from: string;
  to: string;
  basis: CostBasis;
  environmentId?: number;
  scope: PortfolioScope;
  readable?: EntityFilter;
}

const KEYS: Record<PortfolioBy, string | undefined> = {
  owner: 'entity.owner_ref',
  system: 'entity.system_ref',
  domain: 'entity.domain_ref',
  entity: 'entity.ref',
  environment: undefined,
};

const SCOPES = {
  owner: 'entity.owner_ref',
  system: 'entity.system_ref',
  domain: 'entity.domain_ref',
} as const;

/** Kinds that have costs of their own. */
const OWN = ['component', 'resource'];

const NANOS = 1_000_000_000n;

interface SumRow {
  key?: string | null;
  removed?: number;
  source: number;
  environment: number;
  currency: number;
  month: string;
  units: string;
  nanos: string;
}

/**
 * Adds up what many entities cost. Only entities that the caller may read are in a sum: the filter is part of
 * every statement.
 *
 * @internal
 */
export class PortfolioStore {
  readonly #knex: Knex;

  private constructor({ knex }: PlumblineDatabase) {
    this.#knex = knex;
  }

  static create(options: { database: PlumblineDatabase }): PortfolioStore {
    return new PortfolioStore(options.database);
  }

  /** Sums by key, source, environment, currency and month; of every environment, so that a switch can name them. */
  async sumMonths(selection: PortfolioSelection): Promise<MonthSum[]> {
    const key = KEYS[selection.by];
    const query = this.#costs(this.#entities(selection), selection);
    if (key) {
      query
        .select({ key, removed: this.#removed() })
        .groupBy(key, this.#removed());
    }
    return this.#sum(query, selection.basis);
  }

  /** Sums of a bucket by source, environment, currency and month. */
  async sumBucket(
    bucketId: number,
    selection: PortfolioSelection,
  ): Promise<MonthSum[]> {
    return this.#sum(
      this.#costs(this.#knex('entity').where('entity.id', bucketId), selection),
      selection.basis,
    );
  }

  /** What of a bucket was paid for in advance and never used, likewise. */
  async sumUnused(
    sharedId: number,
    selection: PortfolioSelection,
  ): Promise<MonthSum[]> {
    const query = this.#costs(
      this.#knex('entity').where('entity.id', sharedId),
      selection,
      'entity_cost_monthly',
    )
      .join('charge_kind', 'charge_kind.id', 'cost.charge_kind_id')
      .where('charge_kind.commitment', 'Unused');
    return this.#sum(query, selection.basis);
  }

  /** The entities whose costs are added up, and those that are no longer in the catalog. */
  async listEntities(
    selection: PortfolioSelection,
  ): Promise<PortfolioEntity[]> {
    const { environmentId } = selection;
    const costs = this.#joinCosts(
      this.#knex('cost_partition as live'),
      selection,
    ).select(this.#knex.raw('1'));
    if (environmentId !== undefined) {
      costs.where('cost.environment_id', environmentId);
    }
    const rows: {
      id: number;
      key: string | null;
      removed: number;
      has_cost: number | boolean;
    }[] = await this.#entities(selection).select(
      {
        id: 'entity.id',
        key: KEYS[selection.by] ?? 'entity.ref',
        removed: this.#removed(),
      },
      this.#knex.raw('exists ? as has_cost', [costs]),
    );
    return rows.map(({ id, key, removed, has_cost: hasCost }) => ({
      id,
      ...(key !== null && { key }),
      removed: removed === 1,
      hasCost: Boolean(hasCost),
    }));
  }

  /** How many of the entities have a cost in each environment. */
  async countByEnvironment(
    selection: PortfolioSelection,
  ): Promise<ReadonlyMap<number, number>> {
    const rows: { environment: number; entities: number | string }[] =
      await this.#costs(this.#entities(selection), selection)
        .select({ environment: 'cost.environment_id' })
        .countDistinct({ entities: 'entity.id' })
        .groupBy('cost.environment_id');
    return new Map(
      rows.map(({ environment, entities }) => [environment, Number(entities)]),
    );
  }

  /** How many entities of the scope there are in the catalog, whoever may read them. */
  async countEntities(scope: PortfolioScope): Promise<number> {
    const row = await this.#entities({ scope })
      .whereNull('entity.removed_at')
      .count({ count: '*' })
      .first();
    return Number(row?.count ?? 0);
  }

  #entities({
    scope,
    readable,
  }: Pick<PortfolioSelection, 'scope' | 'readable'>): Knex.QueryBuilder {
    const query = this.#knex('entity').whereIn('entity.kind', OWN);
    for (const [name, ref] of Object.entries(scope)) {
      const column = SCOPES[name as keyof PortfolioScope];
      if (ref === 'none') {
        query.whereNull(column);
      } else {
        query.where(column, ref);
      }
    }
    return query.where(nested => whereEntity(nested, readable));
  }

  /** Entity by entity: the rows of one lie together in every generation. */
  #costs(
    entities: Knex.QueryBuilder,
    selection: PortfolioSelection,
    table?: 'entity_cost_summary' | 'entity_cost_monthly',
  ): Knex.QueryBuilder {
    return this.#joinCosts(
      entities.crossJoin(this.#knex.raw('cost_partition as live')),
      selection,
      table,
    );
  }

  /** Joins what is live to an entity's rows of the months. */
  #joinCosts(
    query: Knex.QueryBuilder,
    { from, to }: PortfolioSelection,
    table:
      | 'entity_cost_summary'
      | 'entity_cost_monthly' = 'entity_cost_summary',
  ): Knex.QueryBuilder {
    return query
      .join('source', 'source.id', 'live.source_id')
      .join({ cost: table }, join =>
        join
          .on('cost.generation_id', 'live.entity_generation')
          .on('cost.entity_id', 'entity.id'),
      )
      .whereNull('source.retired_at')
      .where('live.first_day', '<', endDayOfMonth(to))
      .where('live.last_day', '>=', firstDayOfMonth(from))
      .where('cost.month', '>=', from)
      .where('cost.month', '<=', to);
  }

  /** Whole units and nanos apart, as text; see CostStore. */
  async #sum(query: Knex.QueryBuilder, basis: CostBasis): Promise<MonthSum[]> {
    const keys = {
      source: 'live.source_id',
      environment: 'cost.environment_id',
      currency: 'cost.currency_id',
      month: 'cost.month',
    };
    const rows: SumRow[] = await query
      .select(
        keys,
        this.#knex.raw(`cast(sum(cost.${basis} / ${NANOS}) as text) as units`),
        this.#knex.raw(`cast(sum(cost.${basis} % ${NANOS}) as text) as nanos`),
      )
      .groupBy(Object.values(keys));
    return rows.map(({ key, removed, units, nanos, ...sum }) => ({
      ...sum,
      ...(typeof key === 'string' && { key }),
      removed: removed === 1,
      amount: BigInt(units) * NANOS + BigInt(nanos),
    }));
  }

  #removed() {
    return this.#knex.raw(
      'case when entity.removed_at is null then 0 else 1 end',
    );
  }
}
