import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PlumblineDatabase } from '../database';
import type { Allocator } from './Allocator';
import type { BindingsConfig } from './BindingsConfig';
import { Coalesced } from './Coalesced';
import { ResolverLock, type RenewLock } from './ResolverLock';
import {
  hashOf,
  RepositoryFileStore,
} from './repositories/RepositoryFileStore';
import { ClaimIndex } from './resolve/ClaimIndex';
import {
  ClaimingEntityStore,
  type StoredEntity,
} from './resolve/ClaimingEntityStore';
import { RepositoryBindings } from './resolve/RepositoryBindings';
import { resolveRepositories } from './resolve/resolveRepositories';
import { ResourceResolver } from './resolve/ResourceResolver';
import { unmatchedReason } from './resolve/unmatchedReason';
import { StateStore } from './StateStore';

interface BindingResolverOptions {
  database: PlumblineDatabase;
  config: BindingsConfig;
  logger: LoggerService;
  now?: () => Date;
}

/**
 * Turns claims into bindings and allocation.
 *
 * @internal
 */
export class BindingResolver implements Allocator {
  readonly #config: BindingsConfig;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #state: StateStore;
  readonly #lock: ResolverLock;
  readonly #entities: ClaimingEntityStore;
  readonly #resources: ResourceResolver;
  readonly #repositories: RepositoryBindings;
  readonly #files: RepositoryFileStore;
  readonly #refresh = Coalesced.create(signal => this.#run(signal));
  #warnedOf = '';

  static create(options: BindingResolverOptions): BindingResolver {
    return new BindingResolver(options);
  }

  private constructor(options: BindingResolverOptions) {
    this.#config = options.config;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
    this.#state = StateStore.create(options);
    this.#lock = ResolverLock.create({
      state: this.#state,
      key: 'bindings_lock',
    });
    this.#entities = ClaimingEntityStore.create(options);
    this.#resources = ResourceResolver.create(options);
    this.#repositories = RepositoryBindings.create(options);
    this.#files = RepositoryFileStore.create(options);
  }

  async refresh(options: { signal?: AbortSignal } = {}): Promise<number> {
    return this.#refresh.run(options.signal);
  }

  async #run(signal: AbortSignal): Promise<number> {
    return this.#lock.hold(async renew => {
      // Before the catalog was seen whole, the wrong entity could get a resource for all time before.
      if (await this.#state.get('catalog_settled_at')) {
        const due = await this.#state.get('bindings_due');
        await this.#resolve(renew);
        if (due) {
          await this.#state.drop('bindings_due', due);
        }
      }
      return Number(await this.#state.get('bindings_version'));
    }, signal);
  }

  async #resolve(renew: RenewLock) {
    const now = this.#now();
    const entities = await this.#entities.list();
    this.#warnOfStrangers(entities);

    const index = ClaimIndex.create({ entities, config: this.#config });
    await this.#resources.resolve(index, now, renew);

    const files = await this.#files.list();
    const repositories = resolveRepositories(entities, this.#config, key =>
      files.get(hashOf(key)),
    );
    await this.#repositories.apply(repositories, now, renew);

    await this.#entities.writeUnresolved(entities, entity => [
      ...entity.malformed,
      ...entity.claims
        .filter(claim => claim.kind !== 'repository' && !index.isMatched(claim))
        .map(claim => ({
          annotation: claim.annotation,
          value: claim.value,
          reason: unmatchedReason(claim),
        })),
      ...(repositories.get(entity.id)?.unresolved ?? []),
    ]);
  }

  #warnOfStrangers(entities: readonly StoredEntity[]) {
    const known = new Set(entities.map(({ ref }) => ref));
    const strangers = [...this.#config.map.entities]
      .filter(ref => !known.has(ref))
      .join(', ');
    if (strangers && strangers !== this.#warnedOf) {
      this.#logger.warn(
        `plumbline.bindings.map names what is no Component or Resource of the catalog: ${strangers}; correct the map or register them`,
      );
    }
    this.#warnedOf = strangers;
  }
}
