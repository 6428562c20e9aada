import { randomUUID } from 'node:crypto';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { assertError, ServiceUnavailableError } from '@backstage/errors';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import type { ClaimExtractor } from '../claims';
import { plainText } from '../plainText';
import { StateStore } from '../StateStore';
import { CatalogEntityStore, type KnownEntity } from './CatalogEntityStore';
import {
  ENTITY_FIELDS,
  toEntityRecord,
  type EntityRecord,
} from './entityRecord';

const PAGE = 500;
const KINDS = ['Component', 'Resource', 'System', 'Domain', 'Group'];

/** What one pass over the catalog found. */
export interface PollResult {
  seen: number;
  changed: number;
  removed: number;
}

/**
 * Follows the catalog, which tells nobody of changes: pages through its entities and keeps those whose etag is
 * another than before. An entity counts as gone only when a whole pass has not seen it.
 *
 * @internal
 */
export class CatalogPoller {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #extractor: ClaimExtractor;
  readonly #entities: CatalogEntityStore;
  readonly #state: StateStore;
  readonly #now: () => Date;

  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    database: PlumblineDatabase;
    extractor: ClaimExtractor;
    now?: () => Date;
  }): CatalogPoller {
    return new CatalogPoller(options);
  }

  private constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    database: PlumblineDatabase;
    extractor: ClaimExtractor;
    now?: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#extractor = options.extractor;
    this.#entities = CatalogEntityStore.create(options);
    this.#state = StateStore.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Makes one pass.
   *
   * @throws what the catalog answered; entities read before that stay updated, none is taken for gone
   */
  async poll(options: { signal?: AbortSignal } = {}): Promise<PollResult> {
    try {
      const result = await this.#pass(options.signal);
      await this.#state.set('catalog_polled_at', this.#now().toISOString());
      await this.#state.set('catalog_error', undefined);
      return result;
    } catch (error) {
      assertError(error);
      // A pass that is stopped says nothing about the catalog.
      options.signal?.throwIfAborted();
      await this.#state.set(
        'catalog_error',
        plainText(`${error.name}: ${error.message}`, 1_000),
      );
      throw error;
    }
  }

  async #pass(signal: AbortSignal | undefined): Promise<PollResult> {
    const known = await this.#entities.known();
    const readAnew =
      (await this.#state.get('claims_version')) !== this.#extractor.version;
    const seen = new Set<string>();
    let changed = 0;
    for await (const page of this.#pages(signal)) {
      const records = page
        .filter(entity => readAnew || this.#isNew(entity, known))
        .flatMap(entity => this.#recordOf(entity));
      await this.#markDue(records.length);
      await this.#entities.upsert(records, this.#now());
      changed += records.length;
      page.forEach(entity => seen.add(refOf(entity)));
    }
    const gone = [...known].filter(
      ([ref, entity]) => !entity.removed && !seen.has(ref),
    );
    if (seen.size === 0 && gone.length > 0) {
      throw new ServiceUnavailableError(
        `The catalog answered with no entity at all where it had ${gone.length} before; they are kept until it answers with some`,
      );
    }
    await this.#markDue(gone.length);
    await this.#entities.markRemoved(
      gone.map(([, { id }]) => id),
      this.#now(),
    );
    if (changed > 0 || gone.length > 0) {
      await this.#entities.deriveDomains();
    }
    if (readAnew) {
      await this.#state.set('claims_version', this.#extractor.version);
    }
    return { seen: seen.size, changed, removed: gone.length };
  }

  /** Before anything is written: should the process die, the bindings are still brought up to date later. */
  async #markDue(changes: number) {
    if (changes > 0) {
      await this.#state.set('bindings_due', randomUUID());
    }
  }

  async *#pages(signal: AbortSignal | undefined): AsyncIterable<Entity[]> {
    let cursor: string | undefined;
    do {
      signal?.throwIfAborted();
      const credentials = await this.#auth.getOwnServiceCredentials();
      const request = { fields: ENTITY_FIELDS, limit: PAGE };
      const { items, pageInfo } = await this.#catalog.queryEntities(
        cursor
          ? { ...request, cursor }
          : { ...request, filter: { kind: KINDS }, totalItems: 'exclude' },
        { credentials },
      );
      yield items;
      cursor = pageInfo.nextCursor;
    } while (cursor);
  }

  #isNew(entity: Entity, known: Map<string, KnownEntity>): boolean {
    const before = known.get(refOf(entity));
    return (
      !before || before.removed || before.etag !== (entity.metadata.etag ?? '')
    );
  }

  /** One entity that cannot be read must not stop the pass for the others. */
  #recordOf(entity: Entity): EntityRecord[] {
    try {
      return [toEntityRecord(entity, this.#extractor)];
    } catch (error) {
      assertError(error);
      this.#logger.warn(
        `The entity ${stringifyEntityRef(
          entity,
        )} cannot be read and keeps what it had before: ${error.message}`,
      );
      return [];
    }
  }
}

function refOf(entity: Entity): string {
  return toEntityRef({
    kind: entity.kind,
    namespace: entity.metadata.namespace,
    name: entity.metadata.name,
  });
}
