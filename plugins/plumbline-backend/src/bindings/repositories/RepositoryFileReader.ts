import type {
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { assertError, InputError } from '@backstage/errors';
import { PLUMBLINE_YAML } from '@plumbline/backstage-plugin-plumbline-common';
import { bulkhead } from 'cockatiel';
import type { PlumblineDatabase } from '../../database';
import { plainText } from '../plainText';
import { parsePlumblineYaml } from './parsePlumblineYaml';
import { readBounded } from './readBounded';
import {
  hashOf,
  RepositoryFileStore,
  type RepositoryFile,
} from './RepositoryFileStore';
import { repositoryKey, type RepositoryLocator } from './RepositoryLocator';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;
const CONCURRENT = 4;
/** A repository is looked at again after so long … */
const INTERVAL_MS = 15 * 60_000;
/** … and so many in one pass: at most 3,600 requests an hour in passes of 5 minutes. */
const MAX_READS = 300;

interface Repository {
  host: string;
  repository: string;
}

/**
 * Reads `.plumbline.yaml` from the default branches of claimed repositories: in the scheduled pass only, those
 * first that were looked at longest ago. What cannot be read keeps what it last said.
 *
 * @internal
 */
export class RepositoryFileReader {
  readonly #urlReader: UrlReaderService;
  readonly #locator: RepositoryLocator;
  readonly #logger: LoggerService;
  readonly #store: RepositoryFileStore;
  readonly #now: () => Date;
  readonly #timeoutMs: number;

  static create(options: {
    urlReader: UrlReaderService;
    locator: RepositoryLocator;
    logger: LoggerService;
    database: PlumblineDatabase;
    now?: () => Date;
    timeoutMs?: number;
  }): RepositoryFileReader {
    return new RepositoryFileReader(options);
  }

  private constructor(options: {
    urlReader: UrlReaderService;
    locator: RepositoryLocator;
    logger: LoggerService;
    database: PlumblineDatabase;
    now?: () => Date;
    timeoutMs?: number;
  }) {
    this.#urlReader = options.urlReader;
    this.#locator = options.locator;
    this.#logger = options.logger;
    this.#store = RepositoryFileStore.create(options);
    this.#now = options.now ?? (() => new Date());
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  }

  /**
   * Reads what is due among these repositories, and forgets all others.
   *
   * @returns whether any of them says something else than before
   */
  async readDue(
    repositories: Iterable<Repository>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const known = await this.#store.list();
    const wanted = new Map(
      [...repositories].map(place => [hashOf(repositoryKey(place)), place]),
    );
    const forgotten = [...known.keys()].filter(key => !wanted.has(key));
    await this.#store.forget(forgotten);

    const now = this.#now().getTime();
    const readAt = (key: string) => known.get(key)?.readAt.getTime() ?? 0;
    const due = [...wanted]
      .filter(([key]) => readAt(key) + INTERVAL_MS <= now)
      .sort(([a], [b]) => readAt(a) - readAt(b))
      .slice(0, MAX_READS);
    const limit = bulkhead(CONCURRENT, Infinity);
    const changes = await Promise.all(
      due.map(([key, place]) =>
        limit.execute(async () => {
          signal?.throwIfAborted();
          const before = known.get(key);
          const file = await this.#read(place, before, signal);
          await this.#store.put(repositoryKey(place), file);
          return (
            file.problem !== before?.problem ||
            JSON.stringify(file.assignments) !==
              JSON.stringify(before?.assignments) ||
            JSON.stringify(file.shares) !== JSON.stringify(before?.shares)
          );
        }),
      ),
    );
    return forgotten.length > 0 || changes.includes(true);
  }

  async #read(
    place: Repository,
    before: RepositoryFile | undefined,
    signal: AbortSignal | undefined,
  ): Promise<RepositoryFile> {
    const readAt = this.#now();
    try {
      const { text, etag } = await this.#fetch(place, before?.etag, signal);
      const parsed = parsePlumblineYaml(text);
      return 'problem' in parsed
        ? {
            assignments: before?.assignments,
            figures: before?.figures,
            shares: before?.shares,
            problem: parsed.problem,
            readAt,
          }
        : { ...parsed, etag, readAt };
    } catch (error) {
      assertError(error);
      // A pass that is stopped says nothing about the repository.
      signal?.throwIfAborted();
      if (error.name === 'NotFoundError') {
        return { readAt };
      }
      if (error.name === 'NotModifiedError' && before) {
        return { ...before, problem: undefined, readAt };
      }
      this.#logger.warn(
        plainText(
          `Reading ${PLUMBLINE_YAML} of ${repositoryKey(place)} failed: ${
            error.message
          }`,
          700,
        ),
      );
      return {
        ...before,
        problem:
          error instanceof InputError
            ? error.message
            : `${PLUMBLINE_YAML} could not be read; what it said before stands, and reading is tried again`,
        readAt,
      };
    }
  }

  async #fetch(
    place: Repository,
    etag: string | undefined,
    stopped: AbortSignal | undefined,
  ): Promise<{ text: string; etag?: string }> {
    const url = this.#locator.rootFileUrl(place, PLUMBLINE_YAML);
    if (!url) {
      throw new InputError(
        `${PLUMBLINE_YAML} is not read from this kind of Git host; use the operator's map`,
      );
    }
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const read = await readBounded(this.#urlReader, url, {
      name: PLUMBLINE_YAML,
      maxBytes: MAX_BYTES,
      signal: stopped ? AbortSignal.any([timeout, stopped]) : timeout,
      etag,
    });
    return { text: read.content.toString('utf8'), etag: read.etag };
  }
}
