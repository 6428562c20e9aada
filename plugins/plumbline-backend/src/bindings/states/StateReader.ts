import { readFile, stat } from 'node:fs/promises';
import type {
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { assertError, InputError } from '@backstage/errors';
import type { PlumblineDatabase } from '../../database';
import { readBounded } from '../repositories/readBounded';
import { IacStateStore, type KnownState } from './IacStateStore';
import { parseState } from './parseState';
import type { ConfiguredState } from './StatesConfig';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** A state is looked at again after so long. */
const INTERVAL_MS = 15 * 60_000;

/**
 * Reads the configured state files, in the scheduled pass only. What cannot be read keeps what it last said.
 *
 * @internal
 */
export class StateReader {
  readonly #states: readonly ConfiguredState[];
  readonly #urlReader: UrlReaderService;
  readonly #logger: LoggerService;
  readonly #store: IacStateStore;
  readonly #now: () => Date;

  static create(options: {
    states: readonly ConfiguredState[];
    urlReader: UrlReaderService;
    logger: LoggerService;
    database: PlumblineDatabase;
    now?: () => Date;
  }): StateReader {
    return new StateReader(options);
  }

  private constructor(options: {
    states: readonly ConfiguredState[];
    urlReader: UrlReaderService;
    logger: LoggerService;
    database: PlumblineDatabase;
    now?: () => Date;
  }) {
    this.#states = options.states;
    this.#urlReader = options.urlReader;
    this.#logger = options.logger;
    this.#store = IacStateStore.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  /** Reads the states that are due, and forgets those that are no longer configured. */
  async readDue(signal?: AbortSignal): Promise<void> {
    await this.#store.keepOnly(this.#states.map(({ name }) => name));
    const known = await this.#store.list();
    const now = this.#now();
    for (const state of this.#states) {
      signal?.throwIfAborted();
      const before = known.get(state.name);
      if (!before || before.readAt.getTime() + INTERVAL_MS <= now.getTime()) {
        await this.#read(state, before, now, signal);
      }
    }
  }

  async #read(
    state: ConfiguredState,
    before: KnownState | undefined,
    readAt: Date,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { name } = state;
    try {
      const { content, etag } = await this.#fetch(state, before?.etag, signal);
      const parsed = parseState(content.toString('utf8'));
      if ('problem' in parsed) {
        throw new InputError(`The state '${name}' ${parsed.problem}`);
      }
      await this.#store.put(name, { etag, readAt }, parsed.resources);
    } catch (error) {
      assertError(error);
      // A pass that is stopped says nothing about the state.
      signal?.throwIfAborted();
      if (error.name === 'NotModifiedError' && before) {
        await this.#store.put(name, { etag: before.etag, readAt });
        return;
      }
      // The reader's own message may quote addresses and tokens: it is for the log.
      this.#logger.warn(`Reading the state '${name}' failed`, error);
      await this.#store.put(name, {
        readAt,
        problem:
          error instanceof InputError
            ? error.message
            : `The state '${name}' could not be read (${error.name}); what it said before stands. See that the back end may read it; its log says more`,
      });
    }
  }

  async #fetch(
    { name, from }: ConfiguredState,
    etag: string | undefined,
    stopped: AbortSignal | undefined,
  ): Promise<{ content: Buffer; etag?: string }> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = stopped ? AbortSignal.any([timeout, stopped]) : timeout;
    if ('url' in from) {
      return readBounded(this.#urlReader, from.url, {
        name: `The state '${name}'`,
        maxBytes: MAX_BYTES,
        signal,
        etag,
      });
    }
    const { size, isFile } = await statOf(from.path);
    if (!isFile || size > MAX_BYTES) {
      throw new InputError(
        `The state '${name}' is no file of at most ${
          MAX_BYTES / 1024 / 1024
        } MB; correct its path`,
      );
    }
    return { content: await readFile(from.path, { signal }) };
  }
}

async function statOf(path: string) {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}
