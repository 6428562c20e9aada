import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * Which entities the caller may see by name: those the catalog shows to them. One catalog read, none for an
 * empty list.
 *
 * @internal
 */
export class CatalogNames {
  readonly #catalog: CatalogService;

  private constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  static create(options: { catalog: CatalogService }): CatalogNames {
    return new CatalogNames(options.catalog);
  }

  async getVisible(
    entityRefs: readonly EntityRef[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<EntityRef>> {
    const refs = [...new Set(entityRefs)];
    if (refs.length === 0) {
      return new Set();
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind'] },
      { credentials },
    );
    return new Set(refs.filter((_, index) => items[index] !== undefined));
  }
}
