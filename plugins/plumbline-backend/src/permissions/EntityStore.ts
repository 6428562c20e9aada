import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { SHARED_ENTITY_ID, UNALLOCATED_ENTITY_ID } from '../database';
import type { PlumblineDatabase } from '../database';
import { whereEntity } from './EntityFilter';
import type { EntityFilter } from './EntityFilter';

/** An entity as the database has it. @internal */
export interface EntityRecord {
  id: number;
  ref: EntityRef;
  kind: string;
  ownerRef?: string;
  systemRef?: string;
  domainRef?: string;
}

/** Entities of which some may be hidden from the caller. @internal */
export interface EntitySelection {
  readable: EntityRecord[];
  hidden: number;
}

/** The rows of cost that belongs to no entity. @internal */
export interface Buckets {
  /** Usage that nobody claims. */
  unallocated: EntityRecord;
  /** What by its nature has no single owner. */
  shared: EntityRecord;
}

/** Which column names the entity that a kind rolls up its members by. */
const MEMBERSHIP: Record<string, string> = {
  system: 'system_ref',
  domain: 'domain_ref',
  group: 'owner_ref',
};

interface EntityRow {
  id: number;
  ref: string;
  kind: string;
  owner_ref: string | null;
  system_ref: string | null;
  domain_ref: string | null;
}

const COLUMNS = ['id', 'ref', 'kind', 'owner_ref', 'system_ref', 'domain_ref'];

/** How many references go into one query; SQLite takes 32,766 parameters. */
const CHUNK = 1_000;

/**
 * Reads entities as far as a caller may read them: by reference, by key, by membership.
 *
 * @internal
 */
export class EntityStore {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): EntityStore {
    return new EntityStore(options.database);
  }

  /** One result per reference, in order; undefined where the catalog has no such entity now. */
  async getByRefs(
    refs: readonly string[],
  ): Promise<(EntityRecord | undefined)[]> {
    const found = new Map<string, EntityRecord>();
    for (let start = 0; start < refs.length; start += CHUNK) {
      const chunk = refs.slice(start, start + CHUNK);
      // Every request begins here: as plain SQL it is answered before Knex would have put it together.
      const rows: unknown = await this.#database.query(
        `select ${COLUMNS.join()} from entity
        where ref in (${chunk.map(() => '?').join(',')})
          and removed_at is null and kind <> 'bucket'`,
        chunk,
      );
      for (const row of rows as EntityRow[]) {
        found.set(row.ref, toRecord(row));
      }
    }
    return refs.map(ref => found.get(ref));
  }

  async getByRef(ref: string): Promise<EntityRecord | undefined> {
    const [entity] = await this.getByRefs([ref]);
    return entity;
  }

  /**
   * The two buckets of cost that belongs to no entity. Whoever may read one sees its figures; nobody else sees
   * anything that they could be worked out from.
   */
  async getBuckets(): Promise<Buckets> {
    const rows: EntityRow[] = await this.#database
      .knex('entity')
      .whereIn('id', [UNALLOCATED_ENTITY_ID, SHARED_ENTITY_ID])
      .select(COLUMNS);
    const bucketOf = (bucketId: number): EntityRecord => {
      const row = rows.find(({ id }) => id === bucketId);
      if (!row) {
        throw new NotFoundError(
          `The table 'entity' has no row ${bucketId}; undo and redo Plumbline's migrations`,
        );
      }
      return toRecord(row);
    };
    return {
      unallocated: bucketOf(UNALLOCATED_ENTITY_ID),
      shared: bucketOf(SHARED_ENTITY_ID),
    };
  }

  /** Whose the buckets are, for policies that go by ownership; nobody's where absent. */
  async setBucketOwner(ownerRef: EntityRef | undefined): Promise<void> {
    await this.#database
      .knex('entity')
      .whereIn('id', [UNALLOCATED_ENTITY_ID, SHARED_ENTITY_ID])
      .update({ owner_ref: ownerRef ?? null });
  }

  /** The Components and Resources of a System, Domain or Group. */
  async listMembers(
    entity: EntityRecord,
    filter: EntityFilter,
  ): Promise<EntitySelection> {
    const column = MEMBERSHIP[entity.kind];
    if (!column) {
      return { readable: [], hidden: 0 };
    }
    return this.#select(
      this.#entities().where(`entity.${column}`, entity.ref),
      filter,
    );
  }

  /** How many of their Components and Resources the filter does not let through, by reference; 0 where absent. */
  async countHiddenMembers(
    refs: readonly string[],
    filter: EntityFilter,
  ): Promise<ReadonlyMap<string, number>> {
    const hidden = new Map<string, number>();
    if (filter === undefined) {
      return hidden;
    }
    for (const [kind, column] of Object.entries(MEMBERSHIP)) {
      const ofKind = refs.filter(ref => ref.startsWith(`${kind}:`));
      for (let start = 0; start < ofKind.length; start += CHUNK) {
        const members = this.#entities()
          .clearSelect()
          .whereIn(`entity.${column}`, ofKind.slice(start, start + CHUNK))
          .whereIn('entity.kind', ['component', 'resource'])
          .groupBy(`entity.${column}`)
          .select({ ref: `entity.${column}` })
          .count({ count: '*' });
        const readable = members
          .clone()
          .where((nested: Knex.QueryBuilder) => whereEntity(nested, filter));
        const [all, seen] = await Promise.all([members, readable]);
        for (const { ref, count } of [...all]) {
          const visible = seen.find((row: { ref: string }) => row.ref === ref);
          hidden.set(
            ref,
            Math.max(0, Number(count) - Number(visible?.count ?? 0)),
          );
        }
      }
    }
    return hidden;
  }

  /** Entities by key. */
  async selectByIds(
    ids: readonly number[],
    filter: EntityFilter,
  ): Promise<EntitySelection> {
    const selection: EntitySelection = { readable: [], hidden: 0 };
    for (let start = 0; start < ids.length; start += CHUNK) {
      const { readable, hidden } = await this.#select(
        this.#entities().whereIn('entity.id', ids.slice(start, start + CHUNK)),
        filter,
      );
      selection.readable.push(...readable);
      selection.hidden += hidden;
    }
    return selection;
  }

  #entities(): Knex.QueryBuilder {
    return this.#database
      .knex('entity')
      .select(COLUMNS.map(column => `entity.${column}`))
      .whereNull('entity.removed_at')
      .whereNot('entity.kind', 'bucket');
  }

  async #select(
    query: Knex.QueryBuilder,
    filter: EntityFilter,
  ): Promise<EntitySelection> {
    query.whereIn('entity.kind', ['component', 'resource']);
    const total = query
      .clone()
      .clearSelect()
      .count({ count: '*' })
      .first()
      .then((row: { count: number | string }) => Number(row.count));
    const readable: Promise<EntityRow[]> = query
      .clone()
      .where((nested: Knex.QueryBuilder) => whereEntity(nested, filter))
      .orderBy('entity.ref');
    const [count, rows] = await Promise.all([total, readable]);
    return {
      readable: rows.map(toRecord),
      hidden: Math.max(0, count - rows.length),
    };
  }
}

function toRecord(row: EntityRow): EntityRecord {
  return {
    id: row.id,
    ref: row.ref as EntityRef,
    kind: row.kind,
    ...(row.owner_ref && { ownerRef: row.owner_ref }),
    ...(row.system_ref && { systemRef: row.system_ref }),
    ...(row.domain_ref && { domainRef: row.domain_ref }),
  };
}
