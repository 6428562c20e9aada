import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  EntityOverview,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  plumblineProvenanceReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityAuthorizer, EntityStore } from '../permissions';
import type {
  Domain,
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
  readonly #inner: OverviewService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;

  private constructor(
    inner: OverviewService,
    authorizer: EntityAuthorizer,
    entities: EntityStore,
  ) {
    this.#inner = inner;
    this.#authorizer = authorizer;
    this.#entities = entities;
  }

  static create(options: {
    inner: OverviewService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
  }): AuthorizedOverviewService {
    return new AuthorizedOverviewService(
      options.inner,
      options.authorizer,
      options.entities,
    );
  }

  async getOverviews(request: OverviewsRequest): Promise<EntityOverview[]> {
    const { entityRefs, credentials } = request;
    const [rights, entities] = await Promise.all([
      this.#authorizer.getRights(
        PERMISSIONS.map(([, permission]) => permission),
        credentials,
      ),
      this.#entities.getByRefs(entityRefs),
    ]);
    const domains = new Map<EntityRef, ReadonlySet<Domain>>();
    for (const entity of entities) {
      if (entity) {
        const readable = PERMISSIONS.flatMap(([domain, permission]) =>
          rights.allows(permission, entity) ? [domain] : [],
        );
        if (readable.length > 0) {
          domains.set(entity.ref, new Set(readable));
        }
      }
    }
    return this.#inner.getOverviews({
      ...request,
      entityRefs: [...domains.keys()],
      domains,
      readable: rights.filter(plumblineCostReadPermission),
    });
  }
}
