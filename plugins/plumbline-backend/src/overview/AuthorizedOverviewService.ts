import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { EntityOverview } from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  plumblineProvenanceReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityAuthorizer, EntityStore } from '../permissions';
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
 * Leaves out the domains that the caller may not read, and the entities of which no domain is left.
 *
 * @internal
 */
export class AuthorizedOverviewService implements OverviewService {
  readonly #inner: OverviewDescriber;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;

  private constructor(
    inner: OverviewDescriber,
    authorizer: EntityAuthorizer,
    entities: EntityStore,
  ) {
    this.#inner = inner;
    this.#authorizer = authorizer;
    this.#entities = entities;
  }

  static create(options: {
    inner: OverviewDescriber;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
  }): AuthorizedOverviewService {
    return new AuthorizedOverviewService(
      options.inner,
      options.authorizer,
      options.entities,
    );
  }

  async getOverviews({
    entityRefs,
    credentials,
  }: OverviewsRequest): Promise<EntityOverview[]> {
    const [rights, entities] = await Promise.all([
      this.#authorizer.getRights(
        PERMISSIONS.map(([, permission]) => permission),
        credentials,
      ),
      this.#entities.getByRefs([...new Set(entityRefs)]),
    ]);
    const readable = entities.flatMap(entity => {
      if (!entity) {
        return [];
      }
      const domains = PERMISSIONS.flatMap(([domain, permission]) =>
        rights.allows(permission, entity) ? [domain] : [],
      );
      return domains.length > 0 ? [{ entity, domains: new Set(domains) }] : [];
    });
    return this.#inner.describe(
      readable,
      rights.filter(plumblineCostReadPermission),
    );
  }
}
