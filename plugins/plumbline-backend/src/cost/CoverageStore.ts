import type { Knex } from 'knex';
import type {
  MatchedBy,
  Proof,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../database';
import type { DayWindow } from './CostStore';

/** Resources of some entities that were found the same way. @internal */
export interface MatchedResources {
  matchedBy: MatchedBy;
  proof: Proof;
  resources: number;
}

/** What a resource is called and where it runs. @internal */
export interface ResourceLabel {
  id: number;
  nativeId: string;
  name?: string;
  type?: string;
  region?: string;
  provider: string;
  accountId: string;
}

/** How many values go into one query. */
const CHUNK = 1_000;

/** Where an allocation ends that has not ended. */
const WHILE_IT_HOLDS = 2_147_483_647;

interface ClaimedRow {
  entity: number;
  environment: number;
}

/**
 * Reads how much of what belongs to entities could be found in the bill, and what their resources are called.
 *
 * @internal
 */
export class CoverageStore {
  readonly #database: PlumblineDatabase;
  readonly #knex: Knex;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
    this.#knex = database.knex;
  }

  static create(options: { database: PlumblineDatabase }): CoverageStore {
    return new CoverageStore(options.database);
  }

  /** Resources that are bound to the entities now, by how they were matched; the most numerous first. */
  async countMatched(
    entityIds: readonly number[],
  ): Promise<MatchedResources[]> {
    const counts = new Map<string, MatchedResources>();
    for (const ids of chunks(entityIds)) {
      const rows = await this.#bound(ids)
        .select({ matchedBy: 'matched_by', proof: 'proof' })
        .count({ resources: '*' })
        .groupBy('matched_by', 'proof');
      for (const { matchedBy, proof, resources } of rows) {
        const key = `${matchedBy} ${proof}`;
        const known = counts.get(key)?.resources ?? 0;
        counts.set(key, {
          matchedBy,
          proof,
          resources: known + Number(resources),
        });
      }
    }
    return [...counts.values()].sort((a, b) => b.resources - a.resources);
  }

  /** How many resources are bound to each entity now; entities without any are absent. */
  async countBound(
    entityIds: readonly number[],
  ): Promise<ReadonlyMap<number, number>> {
    const counts = new Map<number, number>();
    for (const ids of chunks(entityIds)) {
      const rows = await this.#bound(ids)
        .select({ entity: 'binding.entity_id' })
        .count({ resources: '*' })
        .groupBy('binding.entity_id');
      for (const { entity, resources } of rows) {
        counts.set(entity, Number(resources));
      }
    }
    return counts;
  }

  /** By entity, the environments in which it has resources that nothing but its own claim links to it. */
  async getClaimedEnvironments(
    entityIds: readonly number[],
  ): Promise<ReadonlyMap<number, number[]>> {
    const claimed = new Map<number, number[]>();
    for (const ids of chunks(entityIds)) {
      // Every card asks this: as plain SQL it is answered before Knex would have put it together.
      const rows: unknown = await this.#database.query(
        `select distinct binding.entity_id as entity, allocation.environment_id as environment
        from binding
        join allocation on allocation.resource_id = binding.resource_id
          and allocation.entity_id = binding.entity_id and allocation.to_day = ${WHILE_IT_HOLDS}
        where binding.entity_id in (${ids.map(() => '?').join(',')})
          and binding.target_kind = 'resource' and binding.valid_to is null and binding.proof = 'claimed'
          and not exists (
            select 1 from binding proven
            where proven.resource_id = binding.resource_id and proven.entity_id = binding.entity_id
              and proven.valid_to is null and proven.proof = 'proven'
          )`,
        ids,
      );
      for (const { entity, environment } of rows as ClaimedRow[]) {
        claimed.set(entity, [...(claimed.get(entity) ?? []), environment]);
      }
    }
    return claimed;
  }

  /** How many of the bound resources have a line in the bill within the window. */
  async countBilled(
    entityIds: readonly number[],
    window: DayWindow,
  ): Promise<number> {
    let count = 0;
    for (const ids of chunks(entityIds)) {
      const line = this.#knex('cost_partition as partition')
        .join('resource_cost_daily as cost', join =>
          join
            .on('cost.generation_id', 'partition.resource_generation')
            .on('cost.resource_id', 'binding.resource_id'),
        )
        .join('source', 'source.id', 'partition.source_id')
        .whereNull('source.retired_at')
        .where('partition.first_day', '<', window.to)
        .where('partition.last_day', '>=', window.from)
        .where('cost.day', '>=', window.from)
        .where('cost.day', '<', window.to)
        .select(this.#knex.raw('1'));
      const row = await this.#bound(ids)
        .whereNotNull('binding.resource_id')
        .whereExists(line)
        .count({ count: '*' })
        .first();
      count += Number(row?.count ?? 0);
    }
    return count;
  }

  async getResourceLabels(
    resourceIds: readonly number[],
  ): Promise<ReadonlyMap<number, ResourceLabel>> {
    const labels = new Map<number, ResourceLabel>();
    for (const ids of chunks(resourceIds)) {
      const rows = await this.#knex('resource')
        .join('account', 'account.id', 'resource.account_id')
        .whereIn('resource.id', ids)
        .select({
          id: 'resource.id',
          nativeId: 'resource.native_id',
          name: 'resource.name',
          type: 'resource.type',
          region: 'resource.region',
          provider: 'account.provider',
          accountId: 'account.native_id',
        });
      for (const row of rows) {
        labels.set(row.id, {
          id: row.id,
          nativeId: row.nativeId,
          provider: row.provider,
          accountId: row.accountId,
          ...(row.name && { name: row.name }),
          ...(row.type && { type: row.type }),
          ...(row.region && { region: row.region }),
        });
      }
    }
    return labels;
  }

  #bound(entityIds: readonly number[]): Knex.QueryBuilder {
    return this.#knex('binding')
      .whereIn('binding.entity_id', entityIds)
      .where('binding.target_kind', 'resource')
      .whereNull('binding.valid_to');
  }
}

function* chunks<T>(values: readonly T[]): Generator<T[]> {
  for (let start = 0; start < values.length; start += CHUNK) {
    yield values.slice(start, start + CHUNK);
  }
}
