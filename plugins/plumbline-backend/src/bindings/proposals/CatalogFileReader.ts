import type {
  BackstageCredentials,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import { parseLocationRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  RepositoryLocator,
  RepositoryPlace,
} from '../repositories/RepositoryLocator';
import { readBounded } from '../repositories/readBounded';

const MAX_BYTES = 1024 * 1024;

/** Where an entity's description lies, or why that cannot be said. */
export type CatalogFile =
  | { url: string; place: RepositoryPlace }
  | { reason: string; url?: string };

/**
 * Finds and reads the files that entities are described in: those that the catalog shows to the caller, on hosts
 * that the operator configured.
 *
 * @internal
 */
export class CatalogFileReader {
  readonly #catalog: CatalogService;
  readonly #urlReader: UrlReaderService;
  readonly #locator: RepositoryLocator;
  readonly #logger: LoggerService;

  private constructor(options: {
    catalog: CatalogService;
    urlReader: UrlReaderService;
    locator: RepositoryLocator;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#urlReader = options.urlReader;
    this.#locator = options.locator;
    this.#logger = options.logger;
  }

  static create(options: {
    catalog: CatalogService;
    urlReader: UrlReaderService;
    locator: RepositoryLocator;
    logger: LoggerService;
  }): CatalogFileReader {
    return new CatalogFileReader(options);
  }

  /** Entities that the catalog does not show to the caller are absent. */
  async locate(
    entityRefs: readonly EntityRef[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlyMap<EntityRef, CatalogFile>> {
    if (entityRefs.length === 0) {
      return new Map();
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [...entityRefs], fields: ['kind', 'metadata.annotations'] },
      { credentials },
    );
    return new Map(
      entityRefs.flatMap((ref, index) => {
        const entity = items[index];
        return entity ? [[ref, this.#fileOf(entity)] as const] : [];
      }),
    );
  }

  /** The text of a file, or why it could not be read. */
  async read(
    url: string,
    signal: AbortSignal,
  ): Promise<{ text: string } | { reason: string }> {
    try {
      const { content } = await readBounded(this.#urlReader, url, {
        name: 'The catalog file',
        maxBytes: MAX_BYTES,
        signal,
      });
      const text = content.toString('utf8');
      return Buffer.from(text, 'utf8').equals(content)
        ? { text }
        : { reason: 'The file is not written in UTF-8.' };
    } catch (error) {
      assertError(error);
      if (error.name === 'NotFoundError') {
        return { reason: 'The file is not there any more.' };
      }
      // The reader's own message may quote addresses and tokens: it is for the log.
      this.#logger.warn(`Reading a catalog file failed: ${url}`, error);
      return {
        reason:
          signal.aborted || error.name === 'TimeoutError'
            ? 'The Git host did not answer within 10 seconds; try again.'
            : `The file could not be read (${error.name}); the log of the back end says more.`,
      };
    }
  }

  #fileOf(entity: Pick<Entity, 'metadata'>): CatalogFile {
    const location =
      entity.metadata.annotations?.[ANNOTATIONS.managedByLocation];
    const url = location && urlOf(location);
    if (!url) {
      return {
        reason:
          'The entity is not described in a file of a Git repository, but by a program or a file of the portal.',
      };
    }
    const place = this.#locator.locate(url);
    if ('reason' in place) {
      return { reason: place.reason };
    }
    return place.path === ''
      ? { reason: 'The entity’s location names a repository and no file.' }
      : { url, place };
  }
}

function urlOf(location: string): string | undefined {
  try {
    const { type, target } = parseLocationRef(location);
    return type === 'url' ? target : undefined;
  } catch {
    // Not a location reference at all.
    return undefined;
  }
}
