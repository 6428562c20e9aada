import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import type { ExtractedClaims, UnresolvedClaim } from '../claims';
import { plainText } from '../plainText';
import type { ClaimingEntity } from './types';

const CHUNK = 1_000;
/** So many entries are kept of one entity. */
const MAX_UNRESOLVED = 100;

/** A claiming entity with what was unresolved before. */
export interface StoredEntity extends ClaimingEntity {
  /** JSON. */
  unresolved: string | undefined;
}

/**
 * Reads who claims what, and writes what came of it.
 *
 * @internal
 */
export class ClaimingEntityStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): ClaimingEntityStore {
    return new ClaimingEntityStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** The Components and Resources that the catalog has now. */
  async list(): Promise<StoredEntity[]> {
    const rows: {
      id: number;
      ref: string;
      kind: string;
      owner_ref: string | null;
      claims: string | null;
      unresolved: string | null;
    }[] = await this.#database
      .knex('entity')
      .whereIn('kind', ['component', 'resource'])
      .whereNull('removed_at')
      .orderBy('id')
      .select('id', 'ref', 'kind', 'owner_ref', 'claims', 'unresolved');
    return rows.map(row => {
      const { claims, unresolved }: ExtractedClaims = row.claims
        ? JSON.parse(row.claims)
        : { claims: [], unresolved: [] };
      return {
        id: row.id,
        ref: row.ref as EntityRef,
        kind: row.kind,
        ownerRef: (row.owner_ref as EntityRef | null) ?? undefined,
        claims,
        malformed: unresolved,
        unresolved: row.unresolved ?? undefined,
      };
    });
  }

  /** Writes what is unresolved of each entity, where it is other than before. */
  async writeUnresolved(
    entities: readonly StoredEntity[],
    unresolvedOf: (entity: StoredEntity) => UnresolvedClaim[],
  ): Promise<void> {
    const changed = entities.flatMap(entity => {
      const entries = unresolvedOf(entity)
        .slice(0, MAX_UNRESOLVED)
        .map(({ annotation, value, reason }) => ({
          annotation,
          value: plainText(value, 200),
          reason: plainText(reason, 500),
        }));
      const unresolved =
        entries.length > 0 ? JSON.stringify(entries) : undefined;
      return unresolved === entity.unresolved ? [] : { ...entity, unresolved };
    });
    const now = new Date();
    for (let start = 0; start < changed.length; start += CHUNK) {
      // An upsert by id: one statement for many different values. The rows are there, so nothing is inserted.
      await this.#database.insertRecords(
        'entity',
        [
          { name: 'id', type: 'integer' },
          { name: 'ref', type: 'text' },
          { name: 'kind', type: 'text' },
          { name: 'unresolved', type: 'text' },
          { name: 'first_seen_at', type: 'instant' },
        ],
        changed.slice(start, start + CHUNK).map(entity => ({
          id: entity.id,
          ref: entity.ref,
          kind: entity.kind,
          unresolved: entity.unresolved,
          first_seen_at: now,
        })),
        'on conflict (id) do update set unresolved = excluded.unresolved',
      );
    }
  }
}
