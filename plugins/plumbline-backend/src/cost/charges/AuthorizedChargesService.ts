import type { EntityCharges } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import { noSuchEntity } from '../../permissions';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../../permissions';
import { PartnerVisibility } from '../split';
import type { ChargesRequest, ChargesService } from './ChargesService';

/**
 * Opens figures for those who may read them: whoever may read what an entity costs may see the resources that cost
 * it. Of those whose cost it bears, or who bear its cost, it names whom the caller may read as well.
 *
 * @internal
 */
export class AuthorizedChargesService implements ChargesService {
  readonly #inner: ChargesService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;

  private constructor(
    inner: ChargesService,
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
    inner: ChargesService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
  }): AuthorizedChargesService {
    return new AuthorizedChargesService(
      options.inner,
      options.authorizer,
      options.entities,
      options.names,
    );
  }

  /** @throws NotFoundError alike when the entity is not there and when it is not the caller's. */
  async getCharges(request: ChargesRequest): Promise<EntityCharges> {
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
    const charges = await this.#inner.getCharges({
      ...request,
      entity,
      readable: rights.filter(plumblineCostReadPermission),
    });
    const partners = await PartnerVisibility.of(
      (charges.sources ?? []).flatMap(({ shares = [] }) =>
        shares.flatMap(({ partner }) => partner ?? []),
      ),
      {
        rights,
        entities: this.#entities,
        names: this.#names,
        credentials,
      },
    );
    return {
      ...charges,
      ...(charges.sources && {
        sources: charges.sources.map(source => ({
          ...source,
          ...(source.shares && { shares: partners.hide(source.shares) }),
        })),
      }),
    };
  }
}
