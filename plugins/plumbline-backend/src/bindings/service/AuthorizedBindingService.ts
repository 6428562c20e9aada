import type {
  EntityBindings,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  plumblineProvenanceReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import { noSuchEntity } from '../../permissions';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../../permissions';
import { hideRefs, refsIn } from './refsIn';
import type { BindingService, BindingsRequest } from './BindingService';

/** Whoever may read one of the cards may read what it is bound to. */
const PERMISSIONS = [
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  plumblineProvenanceReadPermission,
];

/**
 * Shows bindings to those who may read the entity and see it in the catalog; other entities by name only where
 * the catalog shows them to the caller, in sentences too.
 *
 * @internal
 */
export class AuthorizedBindingService implements BindingService {
  readonly #inner: BindingService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;

  private constructor(
    inner: BindingService,
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
    inner: BindingService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
  }): AuthorizedBindingService {
    return new AuthorizedBindingService(
      options.inner,
      options.authorizer,
      options.entities,
      options.names,
    );
  }

  /** @throws NotFoundError alike when the entity is not there and when it is not the caller's. */
  async getBindings(request: BindingsRequest): Promise<EntityBindings> {
    const { entityRef, credentials } = request;
    const [rights, entity, shown] = await Promise.all([
      this.#authorizer.getRights(PERMISSIONS, credentials),
      this.#entities.getByRef(entityRef),
      this.#names.getVisible([entityRef], credentials),
    ]);
    if (
      !entity ||
      !shown.has(entityRef) ||
      !PERMISSIONS.some(permission => rights.allows(permission, entity))
    ) {
      throw noSuchEntity(entityRef);
    }
    const answer = await this.#inner.getBindings(request);
    const visible = await this.#names.getVisible(
      answer.bindings.flatMap(({ contestedBy, proofReason }) => [
        ...(contestedBy ?? []),
        ...refsIn(proofReason),
      ]),
      credentials,
    );
    const isVisible = (ref: EntityRef) => visible.has(ref);
    return {
      ...answer,
      bindings: answer.bindings.map(({ contestedBy, ...stored }) => {
        const binding = {
          ...stored,
          proofReason: hideRefs(stored.proofReason, isVisible),
        };
        const named = contestedBy?.filter(isVisible) ?? [];
        return named.length > 0 ? { ...binding, contestedBy: named } : binding;
      }),
    };
  }
}
