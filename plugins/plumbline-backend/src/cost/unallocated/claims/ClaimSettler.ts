import type { SchedulerService } from '@backstage/backend-plugin-api';
import { UNDECIDED, type ClaimStore } from './ClaimStore';

/** Claims that are looked at in one statement. */
const STEP = 500;

/**
 * Sees that resources of claims got an entity: the claim is done where it is the claim's own, else superseded.
 *
 * @internal
 */
export class ClaimSettler {
  readonly #store: ClaimStore;

  private constructor(store: ClaimStore) {
    this.#store = store;
  }

  static create(options: { store: ClaimStore }): ClaimSettler {
    return new ClaimSettler(options.store);
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'plumbline-claims',
      frequency: { minutes: 1 },
      initialDelay: { seconds: 45 },
      timeout: { minutes: 5 },
      scope: 'global',
      fn: signal => this.settle(signal),
    });
  }

  async settle(signal?: AbortSignal): Promise<void> {
    const claims = await this.#store.undecided();
    for (let start = 0; start < claims.length; start += STEP) {
      signal?.throwIfAborted();
      const progress = await this.#store.progress(
        claims.slice(start, start + STEP),
      );
      for (const [claim, { resources, allocated, bound }] of progress) {
        if (allocated === resources) {
          await this.#store.add(
            { claim, state: bound === resources ? 'done' : 'superseded' },
            UNDECIDED,
          );
        }
      }
    }
  }
}
