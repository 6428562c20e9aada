import { setTimeout } from 'node:timers/promises';
import type {
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { PlumblineDatabase } from '../database';
import type { Allocator } from './Allocator';
import type { CatalogPoller } from './catalog';
import type { RepositoryFileReader } from './repositories';
import type { StateReader } from './states/StateReader';
import { ClaimingEntityStore } from './resolve/ClaimingEntityStore';
import { StateStore } from './StateStore';

interface BindingsTaskOptions {
  allocator: Allocator;
  database: PlumblineDatabase;
  poller: CatalogPoller;
  files: RepositoryFileReader;
  states: StateReader;
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** How a catalog that was never seen is waited for. */
  settling?: Settling;
}

/** How often a young catalog is looked at, and for how long at most, in milliseconds. */
export interface Settling {
  intervalMs: number;
  limitMs: number;
}

/** So many passes without a change, and a young catalog is taken for filled. */
const QUIET_PASSES = 2;

/**
 * The scheduled pass: the catalog first, then the repositories' own files, then, where either changed, who gets
 * what.
 *
 * @internal
 */
export class BindingsTask {
  readonly #options: BindingsTaskOptions;
  readonly #entities: ClaimingEntityStore;
  readonly #state: StateStore;
  #resolved = false;

  static create(options: BindingsTaskOptions): BindingsTask {
    return new BindingsTask(options);
  }

  private constructor(options: BindingsTaskOptions) {
    this.#options = options;
    this.#entities = ClaimingEntityStore.create(options);
    this.#state = StateStore.create(options);
  }

  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      ...this.#options.schedule,
      id: 'plumbline-bindings',
      fn: signal => this.run(signal),
    });
  }

  /** @throws what the catalog answered; the bindings stay as they are */
  async run(signal?: AbortSignal): Promise<void> {
    const { poller, files, states, allocator } = this.#options;
    if (await this.#state.get('catalog_settled_at')) {
      await poller.poll({ signal });
    } else {
      await this.#settle(signal);
    }
    const repositories = (await this.#entities.list()).flatMap(({ claims }) =>
      claims.filter(claim => claim.kind === 'repository'),
    );
    const filesChanged = await files.readDue(repositories, signal);
    // The first pass of a process always resolves: the configuration may be another than the last one's.
    const due = await this.#state.get('bindings_due');
    if (!this.#resolved || filesChanged || due) {
      this.#resolved = false;
      await allocator.refresh({ signal });
      this.#resolved = true;
    }
    await states.readDue(signal);
  }

  /**
   * A catalog that has just been started fills up over the first minute. Binding before it is filled would give
   * resources for all time to whoever came first.
   */
  async #settle(signal: AbortSignal | undefined) {
    const { intervalMs, limitMs } = this.#options.settling ?? {
      intervalMs: 3_000,
      limitMs: 60_000,
    };
    const deadline = Date.now() + limitMs;
    let quiet = 0;
    let seen = 0;
    while (quiet < QUIET_PASSES) {
      try {
        const pass = await this.#options.poller.poll({ signal });
        seen = pass.seen;
        quiet = seen > 0 && pass.changed + pass.removed === 0 ? quiet + 1 : 0;
      } catch (error) {
        // A back end that starts may answer late; the poller keeps what it said for the status page.
        signal?.throwIfAborted();
        if (Date.now() >= deadline) {
          throw error;
        }
        quiet = 0;
      }
      if (Date.now() >= deadline) {
        break;
      }
      await setTimeout(intervalMs, undefined, { signal });
    }
    if (seen > 0) {
      await this.#state.set('catalog_settled_at', new Date().toISOString());
    }
  }
}
