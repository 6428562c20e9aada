import type {
  CostBasis,
  PortfolioBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import type { PlumblineDatabase } from '../../database';
import { whereEntity, type EntityFilter } from '../../permissions';
import type { PortfolioScope } from './PortfolioService';

/** A sum of one month, in nanos. @internal */
export interface UnusedSum {
  environment: number;
  currency: number;
  month: string;
  amount: bigint;
}

/** An entity of the portfolio. @internal */
export interface PortfolioEntity {
  id: number;
  key?: string;
  removed: boolean;
}

/** Which entities to add up. @internal */
export interface PortfolioSelection {
  by: PortfolioBy;
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
  environment: number;
  currency: number;
  month: string;
  units: string;
  nanos: string;
}

/**
 * Says whose costs are added up: only entities that the caller may read; the filter is part of the statement.
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

  /** The entities whose costs are added up, and those that are no longer in the catalog. */
  async listEntities(
    selection: PortfolioSelection,
  ): Promise<PortfolioEntity[]> {
    const rows: { id: number; key: string | null; removed: number }[] =
      await this.#entities(selection).select({
        id: 'entity.id',
        key: KEYS[selection.by] ?? 'entity.ref',
        removed: this.#knex.raw(
          'case when entity.removed_at is null then 0 else 1 end',
        ),
      });
    return rows.map(({ id, key, removed }) => ({
      id,
      ...(key !== null && { key }),
      removed: removed === 1,
    }));
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

  /**
   * What of a bucket was paid for in advance and never used, by month. Whole units and nanos apart, as text; see
   * CostStore.
   */
  async sumUnused(
    bucketId: number,
    { from, to, basis }: { from: string; to: string; basis: CostBasis },
  ): Promise<UnusedSum[]> {
    const keys = {
      environment: 'cost.environment_id',
      currency: 'cost.currency_id',
      month: 'cost.month',
    };
    const rows: SumRow[] = await this.#knex('cost_partition as live')
      .join('source', 'source.id', 'live.source_id')
      .join('entity_cost_monthly as cost', join =>
        join
          .on('cost.generation_id', 'live.entity_generation')
          .andOnVal('cost.entity_id', bucketId),
      )
      .join('charge_kind', 'charge_kind.id', 'cost.charge_kind_id')
      .where('charge_kind.commitment', 'Unused')
      .whereNull('source.retired_at')
      .where('cost.month', '>=', from)
      .where('cost.month', '<=', to)
      .select(
        keys,
        this.#knex.raw(`cast(sum(cost.${basis} / ${NANOS}) as text) as units`),
        this.#knex.raw(`cast(sum(cost.${basis} % ${NANOS}) as text) as nanos`),
      )
      .groupBy(Object.values(keys));
    return rows.map(({ units, nanos, ...sum }) => ({
      ...sum,
      amount: BigInt(units) * NANOS + BigInt(nanos),
    }));
  }
}
