import { createHash } from 'node:crypto';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import { instantFromDatabase, type PlumblineDatabase } from '../../database';
import type { ExtractedClaims } from '../claims';
import { parseTags } from '../resolve/tags';
import { LAST_DAY } from '../resolve/allocationChange';
import type { ConfiguredState } from '../states/StatesConfig';
import type { SuggestableEntity, UnclaimedResource } from './types';

/** Narrows resources to those with an id that belong to nobody now. */
export function whereUnclaimed(knex: Knex, query: Knex.QueryBuilder): void {
  query
    .whereNot('resource.native_id', '')
    .whereNotExists(
      knex('allocation')
        .join('entity as owner', 'owner.id', 'allocation.entity_id')
        .whereRaw('allocation.resource_id = resource.id')
        .where('allocation.to_day', LAST_DAY)
        .whereNull('owner.removed_at')
        .select(knex.raw('1')),
    );
}

/**
 * Reads what is compared: resources that nobody claims, and entities.
 *
 * @internal
 */
export class SuggestableStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): SuggestableStore {
    return new SuggestableStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** A page of resources that nobody claims now, behind one. */
  async listUnclaimed(
    after: number,
    limit: number,
  ): Promise<UnclaimedResource[]> {
    const { knex } = this.#database;
    const rows: {
      id: number;
      provider: string;
      account: string;
      native_id: string;
      name: string | null;
      tags: string;
    }[] = await knex('resource')
      .join('account', 'account.id', 'resource.account_id')
      .where('resource.id', '>', after)
      .modify(query => whereUnclaimed(knex, query))
      .orderBy('resource.id')
      .limit(limit)
      .select(
        'resource.id',
        'account.provider',
        'account.native_id as account',
        'resource.native_id',
        'resource.name',
        'resource.tags',
      );
    return rows.map(row => ({
      id: row.id,
      provider: row.provider,
      accountId: row.account,
      nativeId: row.native_id,
      name: row.name ?? undefined,
      tags: parseTags(row.tags),
    }));
  }

  /** The Components and Resources that the catalog has now. */
  async listEntities(): Promise<SuggestableEntity[]> {
    const rows: {
      id: number;
      ref: string;
      title: string | null;
      claims: string | null;
    }[] = await this.#database
      .knex('entity')
      .whereIn('kind', ['component', 'resource'])
      .whereNull('removed_at')
      .orderBy('id')
      .select('id', 'ref', 'title', 'claims');
    return rows.map(row => {
      const { claims }: ExtractedClaims = row.claims
        ? JSON.parse(row.claims)
        : { claims: [], unresolved: [] };
      const repositories = claims.flatMap(claim =>
        claim.kind === 'repository'
          ? claim.repository.split('/').slice(-1)
          : [],
      );
      return {
        id: row.id,
        ref: row.ref as EntityRef,
        name: row.ref.slice(row.ref.indexOf('/') + 1),
        title: row.title ?? undefined,
        repositories: [...new Set(repositories)],
      };
    });
  }

  /** A text that is another one when what is compared is. */
  async fingerprint(states: readonly ConfiguredState[]): Promise<string> {
    const { knex } = this.#database;
    const [version, resources, entities, published, read] = await Promise.all([
      knex('plumbline_state').where({ key: 'bindings_version' }).first('value'),
      knex('resource').max({ last: 'id' }).first(),
      knex('entity')
        .whereNull('removed_at')
        .count({ count: '*' })
        .max({ last: 'id' })
        .first(),
      knex('cost_partition').max({ last: 'published_at' }).first(),
      knex('iac_state').max({ last: 'read_at' }).first(),
    ]);
    return createHash('sha256')
      .update(
        JSON.stringify([
          version?.value,
          resources?.last,
          Number(entities?.count ?? 0),
          entities?.last,
          instantFromDatabase(published?.last),
          states.length > 0 && instantFromDatabase(read?.last),
          states,
        ]),
      )
      .digest('hex');
  }
}
