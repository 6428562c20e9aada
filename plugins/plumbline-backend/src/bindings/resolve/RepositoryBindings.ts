import type { PlumblineDatabase } from '../../database';
import type { BindingTarget } from '@plumbline/backstage-plugin-plumbline-common';
import { EnvironmentStore } from '../EnvironmentStore';
import type { RenewLock } from '../ResolverLock';
import { repositoryKey } from '../repositories/RepositoryLocator';
import {
  BindingTable,
  differs,
  type BindingWrite,
  type OpenBinding,
} from './BindingTable';
import { UNKNOWN_ENVIRONMENT } from './environmentOf';
import type { RepositoryDecision } from './resolveRepositories';

const CHUNK = 1_000;

/**
 * Writes the repository bindings that are other than before.
 *
 * @internal
 */
export class RepositoryBindings {
  readonly #database: PlumblineDatabase;
  readonly #bindings: BindingTable;
  readonly #environments: EnvironmentStore;

  static create(options: { database: PlumblineDatabase }): RepositoryBindings {
    return new RepositoryBindings(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
    this.#bindings = BindingTable.create({ database });
    this.#environments = EnvironmentStore.create({ database });
  }

  async apply(
    decisions: ReadonlyMap<number, RepositoryDecision>,
    now: Date,
    renew: RenewLock,
  ): Promise<void> {
    const stored = new Map<string, OpenBinding>();
    const closed: number[] = [];
    for (const binding of await this.#bindings.openOfRepositories()) {
      const key = keyOf(binding.entityId, JSON.parse(binding.target));
      if (stored.has(key)) {
        closed.push(binding.id);
      } else {
        stored.set(key, binding);
      }
    }
    const idOf = await this.#environments.ensure([]);
    const wanted = [...decisions].flatMap(([entityId, { repositories }]) =>
      repositories.map((link): BindingWrite => {
        const { host, repository, path, ...rest } = link;
        const target = { kind: 'repository' as const, host, repository, path };
        const before = stored.get(keyOf(entityId, target));
        return {
          ...rest,
          id: before?.id,
          entityId,
          target,
          environmentId: idOf(UNKNOWN_ENVIRONMENT),
          contestedBy: [],
          validFrom: before ? before.validFrom : now,
        };
      }),
    );
    const kept = new Set(wanted.map(({ id }) => id));
    const byId = new Map([...stored.values()].map(row => [row.id, row]));
    closed.push(...[...byId.keys()].filter(id => !kept.has(id)));
    const written = wanted.filter(binding => {
      const before =
        binding.id === undefined ? undefined : byId.get(binding.id);
      return !before || differs(before, binding);
    });
    for (
      let start = 0;
      start < Math.max(closed.length, written.length);
      start += CHUNK
    ) {
      await renew();
      await this.#database.knex.transaction(async trx => {
        await this.#bindings.close(
          trx,
          closed.slice(start, start + CHUNK),
          now,
        );
        await this.#bindings.write(trx, written.slice(start, start + CHUNK));
      });
      await this.#database.breathe();
    }
  }
}

function keyOf(entityId: number, target: BindingTarget): string {
  return target.kind === 'repository'
    ? `${entityId} ${repositoryKey(target)} ${target.path}`
    : `${entityId}`;
}
