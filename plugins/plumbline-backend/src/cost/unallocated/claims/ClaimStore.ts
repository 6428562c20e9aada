import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type {
  BucketFilters,
  ClaimState,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  instantFromDatabase,
  MAX_BATCH,
  type PlumblineDatabase,
} from '../../../database';
import type { ClaimsPage } from './ClaimService';

/** Where an allocation ends that has not ended. */
const WHILE_IT_HOLDS = 2_147_483_647;

/**
 * So many claims may wait for a decision at once: whoever decides must be able to read them. Of one person, and for one
 * entity, whoever proposed them.
 */
const MOST_OPEN = { person: 50, entity: 200 };

/** In which states nothing has ended. @internal */
export const UNDECIDED: readonly ClaimState[] = ['open', 'accepted'];

/** A claim as the database has it. @internal */
export interface StoredClaim {
  id: number;
  entityRef: EntityRef;
  ownerRef?: string;
  state: ClaimState;
  proposedBy: string;
  proposedAt: Date;
  note?: string;
  filters?: BucketFilters;
}

/** @internal */
export interface StoredEvent {
  claim: number;
  state: ClaimState;
  actor?: string;
  note?: string;
  at: Date;
}

/** Whose claims are meant: everybody's where absent. @internal */
export interface ClaimViewer {
  user: string;
  /** What they and their groups are called. */
  ownership: readonly string[];
}

/**
 * Keeps claims. What became of one is only ever added to.
 *
 * @internal
 */
export class ClaimStore {
  readonly #database: PlumblineDatabase;
  readonly #now: () => Date;

  private constructor(database: PlumblineDatabase, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  static create(options: {
    database: PlumblineDatabase;
    now?: () => Date;
  }): ClaimStore {
    return new ClaimStore(options.database, options.now ?? (() => new Date()));
  }

  /**
   * @returns the new claim, or the one that says the same and has not ended
   * @throws ConflictError when as many as may be are open
   */
  async propose(claim: {
    entityId: number;
    resourceIds: readonly number[];
    proposedBy: string;
    note?: string;
    filters?: BucketFilters;
  }): Promise<number> {
    const openKey = keyOf(claim.entityId, claim.resourceIds);
    const { knex } = this.#database;
    const at = this.#now();
    return knex.transaction(async transaction => {
      const [added] = await transaction('claim')
        .insert({
          entity_id: claim.entityId,
          proposed_by: claim.proposedBy,
          proposed_at: at,
          note: claim.note ?? null,
          filters: claim.filters ? JSON.stringify(claim.filters) : null,
          state: 'open',
          open_key: openKey,
        })
        .onConflict('open_key')
        .ignore()
        .returning('id');
      if (!added) {
        const known = await transaction('claim')
          .where({ open_key: openKey })
          .first('id');
        if (!known) {
          throw new ConflictError(
            'The same claim ended just now; propose it again',
          );
        }
        return known.id;
      }
      await assertRoom(transaction, claim);
      await transaction.batchInsert(
        'claim_resource',
        claim.resourceIds.map(resource => ({
          claim_id: added.id,
          resource_id: resource,
        })),
        MAX_BATCH / 10,
      );
      await transaction('claim_event').insert({
        claim_id: added.id,
        state: 'open',
        actor: claim.proposedBy,
        note: claim.note ?? null,
        at,
      });
      return added.id;
    });
  }

  /** One claim, if the viewer may see it. */
  async get(
    id: number,
    viewer: ClaimViewer | undefined,
  ): Promise<StoredClaim | undefined> {
    const row = await this.#claims(viewer).where('claim.id', id).first();
    return row && toClaim(row);
  }

  async list(
    viewer: ClaimViewer | undefined,
    { state, before, limit }: ClaimsPage,
  ): Promise<StoredClaim[]> {
    const query = this.#claims(viewer).orderBy('claim.id', 'desc').limit(limit);
    if (state) {
      query.where('claim.state', state);
    }
    if (before !== undefined) {
      query.where('claim.id', '<', before);
    }
    const rows = await query;
    return rows.map(toClaim);
  }

  /**
   * Says what became of a claim.
   *
   * @returns whether it was still in one of the states it may come from
   */
  async add(
    event: Omit<StoredEvent, 'at'>,
    from: readonly ClaimState[],
  ): Promise<boolean> {
    return this.#database.knex.transaction(async transaction => {
      const changed = await transaction('claim')
        .where({ id: event.claim })
        .whereIn('state', [...from])
        .update({
          state: event.state,
          ...(!UNDECIDED.includes(event.state) && { open_key: null }),
        });
      if (changed === 0) {
        return false;
      }
      await transaction('claim_event').insert({
        claim_id: event.claim,
        state: event.state,
        actor: event.actor ?? null,
        note: event.note ?? null,
        at: this.#now(),
      });
      return true;
    });
  }

  /** What became of claims, the oldest first. */
  async events(ids: readonly number[]): Promise<StoredEvent[]> {
    const rows = await this.#database
      .knex('claim_event')
      .whereIn('claim_id', [...ids])
      .orderBy('id');
    return rows.map(row => ({
      claim: row.claim_id,
      state: row.state,
      ...(row.actor && { actor: row.actor }),
      ...(row.note && { note: row.note }),
      at: instantFromDatabase(row.at) ?? new Date(0),
    }));
  }

  /** Of each claim: how many resources it names, how many have an entity now, and how many have its own. */
  async progress(
    ids: readonly number[],
  ): Promise<
    ReadonlyMap<number, { resources: number; allocated: number; bound: number }>
  > {
    if (ids.length === 0) {
      return new Map();
    }
    const rows = await this.#database.query(
      `select claim.id as id, count(*) as resources, count(entity.id) as allocated,
         sum(case when entity.id = claim.entity_id then 1 else 0 end) as bound
       from claim join claim_resource on claim_resource.claim_id = claim.id
       left join allocation on allocation.resource_id = claim_resource.resource_id
         and allocation.to_day = ${WHILE_IT_HOLDS}
       left join entity on entity.id = allocation.entity_id and entity.removed_at is null
       where claim.id in (${ids.map(() => '?').join(', ')})
       group by claim.id`,
      ids,
    );
    return new Map(
      rows.map(row => [
        Number(row.id),
        {
          resources: Number(row.resources),
          allocated: Number(row.allocated),
          bound: Number(row.bound),
        },
      ]),
    );
  }

  /** Claims that have not ended. */
  async undecided(): Promise<number[]> {
    return this.#database
      .knex('claim')
      .whereIn('state', [...UNDECIDED])
      .orderBy('id')
      .pluck('id');
  }

  /** The resources of a claim, at most so many. */
  async resourceIds(claim: number, limit: number): Promise<number[]> {
    return this.#database
      .knex('claim_resource')
      .where({ claim_id: claim })
      .orderBy('resource_id')
      .limit(limit)
      .pluck('resource_id');
  }

  /** Those of some resources that belong to nobody now. */
  async unallocated(ids: readonly number[]): Promise<number[]> {
    const taken = new Set<number>();
    for (let start = 0; start < ids.length; start += MAX_BATCH) {
      const rows: number[] = await this.#database
        .knex('allocation')
        .join('entity', 'entity.id', 'allocation.entity_id')
        .whereNull('entity.removed_at')
        .where('allocation.to_day', WHILE_IT_HOLDS)
        .whereIn('allocation.resource_id', ids.slice(start, start + MAX_BATCH))
        .pluck('allocation.resource_id');
      rows.forEach(id => taken.add(id));
    }
    return ids.filter(id => !taken.has(id));
  }

  #claims(viewer: ClaimViewer | undefined): Knex.QueryBuilder {
    const query = this.#database
      .knex('claim')
      .join('entity', 'entity.id', 'claim.entity_id')
      .whereNull('entity.removed_at')
      .select('claim.*', 'entity.ref', 'entity.owner_ref');
    if (viewer) {
      query.where(any =>
        any
          .where('claim.proposed_by', viewer.user)
          .orWhereIn('entity.owner_ref', [...viewer.ownership]),
      );
    }
    return query;
  }
}

/** Counts with the one just added; what is thrown takes it back. */
async function assertRoom(
  transaction: Knex.Transaction,
  claim: { entityId: number; proposedBy: string },
): Promise<void> {
  const [{ person, entity }] = await transaction('claim')
    .where({ state: 'open' })
    .where(any =>
      any
        .where({ proposed_by: claim.proposedBy })
        .orWhere({ entity_id: claim.entityId }),
    )
    .select(
      transaction.raw(
        'sum(case when proposed_by = ? then 1 else 0 end) as person',
        [claim.proposedBy],
      ),
      transaction.raw(
        'sum(case when entity_id = ? then 1 else 0 end) as entity',
        [claim.entityId],
      ),
    );
  if (Number(person) > MOST_OPEN.person) {
    throw new ConflictError(
      `${MOST_OPEN.person} claims of yours wait for a decision, and there may be no more; withdraw some, have them decided, or claim more resources at once by a filter`,
    );
  }
  if (Number(entity) > MOST_OPEN.entity) {
    throw new ConflictError(
      `${MOST_OPEN.entity} claims for this entity wait for a decision, and there may be no more; have them decided or withdrawn first, or claim more resources at once by a filter`,
    );
  }
}

function keyOf(entityId: number, resourceIds: readonly number[]): string {
  const ids = [...resourceIds].sort((a, b) => a - b);
  return createHash('sha256')
    .update(JSON.stringify([entityId, ids]))
    .digest('hex');
}

function toClaim(row: {
  id: number;
  ref: EntityRef;
  owner_ref: string | null;
  state: ClaimState;
  proposed_by: string;
  proposed_at: unknown;
  note: string | null;
  filters: string | null;
}): StoredClaim {
  return {
    id: row.id,
    entityRef: row.ref,
    ...(row.owner_ref && { ownerRef: row.owner_ref }),
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: instantFromDatabase(row.proposed_at) ?? new Date(0),
    ...(row.note && { note: row.note }),
    ...(row.filters && { filters: JSON.parse(row.filters) }),
  };
}
