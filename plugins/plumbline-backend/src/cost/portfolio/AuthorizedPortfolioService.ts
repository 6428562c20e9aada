import type {
  EntityRef,
  Portfolio,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import { noSuchEntity } from '../../permissions';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../../permissions';
import type {
  PortfolioReader,
  PortfolioRequest,
  PortfolioService,
} from './PortfolioService';

/**
 * Adds up for a person what they may read, and names to them whom the catalog shows to them. Who may see the
 * buckets gets rows for them; for everybody else nothing is there that they could be worked out from.
 *
 * @internal
 */
export class AuthorizedPortfolioService implements PortfolioService {
  readonly #inner: PortfolioReader;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;

  private constructor(
    inner: PortfolioReader,
    authorizer: EntityAuthorizer,
    entities: EntityStore,
    names: CatalogNames,
  ) {
    this.#inner = inner;
    this.#authorizer = authorizer;
    this.#entities = entities;
    this.#names = names;
  }

  static create(options: {
    inner: PortfolioReader;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
  }): AuthorizedPortfolioService {
    return new AuthorizedPortfolioService(
      options.inner,
      options.authorizer,
      options.entities,
      options.names,
    );
  }

  /** @throws NotFoundError alike when the owner, system or domain asked for is not there and when it is hidden. */
  async getPortfolio({
    query,
    credentials,
  }: PortfolioRequest): Promise<Portfolio> {
    const scope = Object.values(query.scope).filter(
      (ref): ref is EntityRef => ref !== 'none',
    );
    const [rights, buckets, shown] = await Promise.all([
      this.#authorizer.getRights([plumblineCostReadPermission], credentials),
      this.#entities.getBuckets(),
      this.#names.getVisible(scope, credentials),
    ]);
    const hidden = scope.find(ref => !shown.has(ref));
    if (hidden !== undefined) {
      throw noSuchEntity(hidden);
    }
    // What is nobody's is no part of what is somebody's.
    const whole = Object.keys(query.scope).length === 0;
    const keyOf = (name: 'shared' | 'unallocated') =>
      whole && rights.allows(plumblineCostReadPermission, buckets[name])
        ? { [name]: buckets[name].id }
        : {};
    return this.#inner.read({
      query,
      readable: rights.filter(plumblineCostReadPermission),
      buckets: { ...keyOf('shared'), ...keyOf('unallocated') },
      nameable: refs => this.#names.getVisible(refs, credentials),
    });
  }
}
