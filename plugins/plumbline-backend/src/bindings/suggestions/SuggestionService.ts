import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { BindingSuggestions } from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../../permissions';
import type { SuggestionFilter, SuggestionStore } from './SuggestionStore';

/** A page of suggestions. @internal */
export interface SuggestionsRequest extends SuggestionFilter {
  offset: number;
  limit: number;
}

/** Who resources that nobody claims probably belong to. @internal */
export interface SuggestionService {
  getSuggestions(
    request: SuggestionsRequest & { credentials: BackstageCredentials },
  ): Promise<BindingSuggestions>;
}

interface Options {
  suggestions: SuggestionStore;
  authorizer: EntityAuthorizer;
  entities: EntityStore;
  names: CatalogNames;
}

/**
 * Shows suggestions to administrators: entities that the catalog shows to them, and costs where they may read
 * what belongs to nobody.
 *
 * @internal
 */
export class AuthorizedSuggestionService implements SuggestionService {
  readonly #suggestions: SuggestionStore;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;

  private constructor(options: Options) {
    this.#suggestions = options.suggestions;
    this.#authorizer = options.authorizer;
    this.#entities = options.entities;
    this.#names = options.names;
  }

  static create(options: Options): AuthorizedSuggestionService {
    return new AuthorizedSuggestionService(options);
  }

  /** @throws NotAllowedError when the caller is no administrator. */
  async getSuggestions(
    request: SuggestionsRequest & { credentials: BackstageCredentials },
  ): Promise<BindingSuggestions> {
    const { credentials, offset, limit, ...filter } = request;
    await this.#authorizer.assertAllowed(plumblineAdminPermission, credentials);
    const [rights, buckets] = await Promise.all([
      this.#authorizer.getRights([plumblineCostReadPermission], credentials),
      this.#entities.getBuckets(),
    ]);
    const amountsVisible = rights.allows(
      plumblineCostReadPermission,
      buckets.unallocated,
    );
    const [rows, facets] = await Promise.all([
      this.#suggestions.list(filter, {
        offset,
        limit: limit + 1,
        byCost: amountsVisible,
      }),
      this.#suggestions.getFacets(),
    ]);
    const page = rows.slice(0, limit);
    const visible = await this.#names.getVisible(
      page.map(({ entityRef }) => entityRef),
      credentials,
    );
    const items = page.filter(({ entityRef }) => visible.has(entityRef));
    return {
      items,
      hidden: page.length - items.length,
      amountsVisible,
      ...facets,
      ...(rows.length > limit && { nextCursor: String(offset + limit) }),
    };
  }
}
