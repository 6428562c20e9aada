import type { Knex } from 'knex';
import {
  afterClosings,
  instantFromDatabase,
  type PlumblineDatabase,
  type RecordColumn,
} from '../../database';
import { growBindingsVersion } from '../StateStore';
import type { EntityRecord } from './entityRecord';

/** An entity as it was last polled. */
export interface KnownEntity {
  id: number;
  etag: string | undefined;
  removed: boolean;
}

const CHUNK = 500;

const COLUMNS: RecordColumn[] = [
  { name: 'ref', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'title', type: 'text' },
  { name: 'owner_ref', type: 'text' },
  { name: 'system_ref', type: 'text' },
  { name: 'domain_ref', type: 'text' },
  { name: 'etag', type: 'text' },
  { name: 'claims', type: 'text' },
  { name: 'first_seen_at', type: 'instant' },
];

const UPDATED = COLUMNS.map(({ name }) => name)
  .filter(name => name !== 'ref' && name !== 'first_seen_at')
  .map(name => `${name} = excluded.${name}`)
  .join(', ');

/**
 * Writes what the catalog says into the table of entities.
 *
 * @internal
 */
export class CatalogEntityStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): CatalogEntityStore {
    return new CatalogEntityStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** Every entity that was ever polled, by its reference. */
  async known(): Promise<Map<string, KnownEntity>> {
    const rows: {
      id: number;
      ref: string;
      etag: string | null;
      removed_at: unknown;
    }[] = await this.#database
      .knex('entity')
      .whereNot('kind', 'bucket')
      .select('id', 'ref', 'etag', 'removed_at');
    return new Map(
      rows.map(row => [
        row.ref,
        {
          id: row.id,
          etag: row.etag ?? undefined,
          removed: row.removed_at !== null,
        },
      ]),
    );
  }

  /** Writes new and changed entities with their dependencies; one that had vanished is there again. */
  async upsert(records: readonly EntityRecord[], now: Date): Promise<void> {
    const { knex, dialect } = this.#database;
    for (let start = 0; start < records.length; start += CHUNK) {
      const chunk = records.slice(start, start + CHUNK);
      await knex.transaction(async trx => {
        const returned = (query: Knex.QueryBuilder) =>
          query.whereNotNull('entity.removed_at').whereIn(
            'entity.ref',
            chunk.map(({ ref }) => ref),
          );
        await outdateAllocation(trx, returned);
        await noteAbsence(trx, returned, await afterClosings(trx, now));
        const written = await dialect.insertRecords(
          trx,
          'entity',
          COLUMNS,
          chunk.map(record => ({
            ref: record.ref,
            kind: record.kind,
            title: record.title,
            owner_ref: record.ownerRef,
            system_ref: record.systemRef,
            domain_ref: record.domainRef,
            etag: record.etag,
            claims: record.claims,
            first_seen_at: now,
          })),
          `on conflict (ref) do update set ${UPDATED}, removed_at = null returning id, ref`,
        );
        const ids = new Map(written.map(({ id, ref }) => [ref, Number(id)]));
        await trx('entity_dependency')
          .whereIn('entity_id', [...ids.values()])
          .delete();
        await dialect.insertRecords(
          trx,
          'entity_dependency',
          [
            { name: 'entity_id', type: 'integer' },
            { name: 'depends_on_ref', type: 'text' },
          ],
          chunk.flatMap(record =>
            record.dependsOn.map(target => ({
              entity_id: ids.get(record.ref),
              depends_on_ref: target,
            })),
          ),
          '',
        );
      });
      await this.#database.breathe();
    }
  }

  /** Marks entities that the catalog no longer has. Their history stays. */
  async markRemoved(ids: readonly number[], now: Date): Promise<void> {
    for (let start = 0; start < ids.length; start += CHUNK) {
      const chunk = ids.slice(start, start + CHUNK);
      await this.#database.knex.transaction(async trx => {
        await outdateAllocation(trx, query =>
          query.whereIn('entity.id', chunk),
        );
        await trx('entity')
          .whereIn('id', chunk)
          .update({ removed_at: await afterClosings(trx, now) });
      });
      await this.#database.breathe();
    }
  }

  /** Gives Components, Resources and the like the domain of their system. */
  async deriveDomains(): Promise<void> {
    const domain = `(select s.domain_ref from entity s
      where s.ref = entity.system_ref and s.kind = 'system' and s.removed_at is null)`;
    await this.#database.knex.raw(
      `update entity set domain_ref = ${domain}
        where kind in ('component', 'resource')
          and coalesce(domain_ref, '') <> coalesce(${domain}, '')`,
    );
  }
}

/**
 * Lets the bindings version grow where entities ever had a resource: what an entity that is gone had counts as
 * unallocated, also in the past of open months, and as its own again once it is back.
 */
async function outdateAllocation(
  trx: Knex.Transaction,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<void> {
  const had = await narrow(
    trx('entity').join('allocation', 'allocation.entity_id', 'entity.id'),
  ).first('entity.id');
  if (had) {
    await growBindingsVersion(trx);
  }
}

/** Notes for how long entities were gone that are about to be there again. */
async function noteAbsence(
  trx: Knex.Transaction,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  now: Date,
): Promise<void> {
  const gone: { id: number; removed_at: unknown }[] = await narrow(
    trx('entity'),
  ).select('entity.id', 'entity.removed_at');
  if (gone.length > 0) {
    await trx('entity_absence').insert(
      gone.map(({ id, removed_at: removedAt }) => ({
        entity_id: id,
        removed_at: instantFromDatabase(removedAt),
        returned_at: now,
      })),
    );
  }
}
