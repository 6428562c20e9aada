import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import type { StateKey, StateStore } from './StateStore';

const LOCK_MS = 60_000;
const RETRY_MS = 200;

/** Says that the holder is still at work. @throws ConflictError when another process took over */
export type RenewLock = () => Promise<void>;

/**
 * Lets one process at a time do a piece of work. A process that died gives way after a minute.
 *
 * @internal
 */
export class ResolverLock {
  readonly #state: StateStore;
  readonly #key: StateKey;

  static create(options: { state: StateStore; key: StateKey }): ResolverLock {
    return new ResolverLock(options.state, options.key);
  }

  private constructor(state: StateStore, key: StateKey) {
    this.#state = state;
    this.#key = key;
  }

  /** Waits for its turn, then works; the work renews the lock between its steps. */
  async hold<T>(
    work: (renew: RenewLock) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    let held = await this.#acquire(signal);
    const renew = async () => {
      signal?.throwIfAborted();
      if (untilOf(held) - Date.now() < LOCK_MS / 2) {
        const next = newValue();
        if (!(await this.#state.swap(this.#key, held, next))) {
          throw new ConflictError(
            'Another process took over the allocation, as this one was silent for a minute; it will finish the work',
          );
        }
        held = next;
      }
    };
    try {
      return await work(renew);
    } finally {
      await this.#state.swap(this.#key, held, `0 ${randomUUID()}`);
    }
  }

  async #acquire(signal: AbortSignal | undefined): Promise<string> {
    for (;;) {
      signal?.throwIfAborted();
      const present = await this.#state.get(this.#key);
      const next = newValue();
      if (
        (present === undefined || untilOf(present) < Date.now()) &&
        (await this.#state.swap(this.#key, present, next))
      ) {
        return next;
      }
      await setTimeout(RETRY_MS, undefined, { signal });
    }
  }
}

function newValue(): string {
  return `${Date.now() + LOCK_MS} ${randomUUID()}`;
}

function untilOf(value: string): number {
  return Number(value.split(' ')[0]);
}
