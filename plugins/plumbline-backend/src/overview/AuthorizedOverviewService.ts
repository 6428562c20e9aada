import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { EntityOverview } from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  plumblineProvenanceReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import { PartnerVisibility } from '../cost/split';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../permissions';
import type {
  Domain,
  OverviewDescriber,
  OverviewService,
  OverviewsRequest,
} from './OverviewService';

const PERMISSIONS: [Domain, ResourcePermission][] = [
  ['cost', plumblineCostReadPermission],
  ['drift', plumblineDriftReadPermission],
  ['policy', plumblinePolicyReadPermission],
  ['provenance', plumblineProvenanceReadPermission],
];

/**
 * Leaves out the domains that the caller may not read, and the entities of which no domain is left or that the
 * catalog does not show to the caller.
 *
 * @internal
 */
export class AuthorizedOverviewService implements OverviewService {
  readonly #inner: OverviewDescriber;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;

  private constructor(
    inner: OverviewDescriber,
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
    inner: OverviewDescriber;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
  }): AuthorizedOverviewService {
    return new AuthorizedOverviewService(
      options.inner,
      options.authorizer,
      options.entities,
      options.names,
    );
  }

  async getOverviews({
    entityRefs,
    credentials,
  }: OverviewsRequest): Promise<EntityOverview[]> {
    const refs = [...new Set(entityRefs)];
    const [rights, entities, shown] = await Promise.all([
      this.#authorizer.getRights(
        PERMISSIONS.map(([, permission]) => permission),
        credentials,
      ),
      this.#entities.getByRefs(refs),
      this.#names.getVisible(refs, credentials),
    ]);
    const readable = entities.flatMap(entity => {
      if (!entity || !shown.has(entity.ref)) {
        return [];
      }
      const domains = PERMISSIONS.flatMap(([domain, permission]) =>
        rights.allows(permission, entity) ? [domain] : [],
      );
      return domains.length > 0 ? [{ entity, domains: new Set(domains) }] : [];
    });
    const overviews = await this.#inner.describe(
      readable,
      rights.filter(plumblineCostReadPermission),
    );
    const partners = overviews.flatMap(({ cost }) =>
      (cost?.currencies ?? []).flatMap(({ shared }) => shared?.partner ?? []),
    );
    if (partners.length === 0) {
      return overviews;
    }
    const visibility = await PartnerVisibility.of(partners, {
      rights,
      entities: this.#entities,
      names: this.#names,
      credentials,
    });
    return overviews.map(overview => withoutHidden(overview, visibility));
  }
}

function withoutHidden(
  overview: EntityOverview,
  visibility: PartnerVisibility,
): EntityOverview {
  const { cost } = overview;
  return {
    ...overview,
    ...(cost && {
      cost: {
        ...cost,
        currencies: cost.currencies.map(({ shared, ...currency }) => ({
          ...currency,
          ...(shared && {
            shared:
              shared.partner && visibility.shows(shared.partner)
                ? shared
                : { amount: shared.amount },
          }),
        })),
      },
    }),
  };
}
