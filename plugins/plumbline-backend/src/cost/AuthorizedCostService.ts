import type { EntityCosts } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import { noSuchEntity } from '../permissions';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../permissions';
import type { CostService, CostsRequest } from './CostService';
import { PartnerVisibility } from './split';

/**
 * Shows costs to those who may read them, and see the entity in the catalog. What is added up follows Plumbline's
 * permission; what is shown by name follows the catalog's as well.
 *
 * @internal
 */
export class AuthorizedCostService implements CostService {
  readonly #inner: CostService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;

  private constructor(
    inner: CostService,
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
    inner: CostService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
  }): AuthorizedCostService {
    return new AuthorizedCostService(
      options.inner,
      options.authorizer,
      options.entities,
      options.names,
    );
  }

  /** @throws NotFoundError alike when the entity is not there and when it is not the caller's. */
  async getCosts(request: CostsRequest): Promise<EntityCosts> {
    const { entityRef, credentials } = request;
    const [rights, entity, shown] = await Promise.all([
      this.#authorizer.getRights([plumblineCostReadPermission], credentials),
      this.#entities.getByRef(entityRef),
      this.#names.getVisible([entityRef], credentials),
    ]);
    if (
      !entity ||
      !shown.has(entityRef) ||
      !rights.allows(plumblineCostReadPermission, entity)
    ) {
      throw noSuchEntity(entityRef);
    }
    const costs = await this.#inner.getCosts({
      ...request,
      entity,
      readable: rights.filter(plumblineCostReadPermission),
    });
    const visible = await this.#names.getVisible(
      (costs.parts ?? []).map(part => part.entityRef),
      credentials,
    );
    const partners = await PartnerVisibility.of(
      (costs.shares ?? []).flatMap(({ partner }) => partner ?? []),
      {
        rights,
        entities: this.#entities,
        names: this.#names,
        credentials,
      },
    );
    return {
      ...costs,
      ...(costs.parts && {
        parts: costs.parts.filter(part => visible.has(part.entityRef)),
      }),
      ...(costs.shares && { shares: partners.hide(costs.shares) }),
    };
  }
}
