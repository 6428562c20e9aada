import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';

/** What the catalog showed to a person is known for so long. */
const KEPT_MS = 30_000;
/** So many entities are remembered, over all people. */
const MAX_KEPT = 50_000;

/**
 * Which entities the caller may see: those the catalog shows to them. One catalog read as the caller for those
 * that it did not show to the same person a moment ago, none where nothing is left to ask. What it does not
 * show is never remembered: who has just registered an entity sees it.
 *
 * @internal
 */
export class CatalogNames {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #now: () => number;
  /** By person and entity, until when it is remembered. */
  readonly #seen = new Map<string, Map<EntityRef, number>>();
  #count = 0;

  private constructor(
    catalog: CatalogService,
    auth: AuthService,
    now: () => number,
  ) {
    this.#catalog = catalog;
    this.#auth = auth;
    this.#now = now;
  }

  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    now?: () => number;
  }): CatalogNames {
    return new CatalogNames(
      options.catalog,
      options.auth,
      options.now ?? Date.now,
    );
  }

  /** Nothing is shown to who is no person. */
  async getVisible(
    entityRefs: readonly EntityRef[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<EntityRef>> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      return new Set();
    }
    const refs = [...new Set(entityRefs)];
    const seen = this.#seenBy(credentials.principal.userEntityRef);
    const now = this.#now();
    const visible = new Set(refs.filter(ref => (seen.get(ref) ?? 0) > now));
    const asked = refs.filter(ref => !visible.has(ref));
    if (asked.length === 0) {
      return visible;
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: asked, fields: ['kind'] },
      { credentials },
    );
    asked.forEach((ref, index) => {
      if (items[index] !== undefined) {
        visible.add(ref);
        this.#count += seen.has(ref) ? 0 : 1;
        seen.set(ref, now + KEPT_MS);
      }
    });
    return visible;
  }

  #seenBy(person: string): Map<EntityRef, number> {
    if (this.#count > MAX_KEPT) {
      this.#seen.clear();
      this.#count = 0;
    }
    let seen = this.#seen.get(person);
    if (!seen) {
      seen = new Map();
      this.#seen.set(person, seen);
    }
    return seen;
  }
}
