import type {
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { PlumblineDatabase } from '../database';
import type { Allocator } from './Allocator';
import type { CatalogPoller } from './catalog';
import type { RepositoryFileReader } from './repositories';
import { ClaimingEntityStore } from './resolve/ClaimingEntityStore';
import { StateStore } from './StateStore';

interface BindingsTaskOptions {
  allocator: Allocator;
  database: PlumblineDatabase;
  poller: CatalogPoller;
  files: RepositoryFileReader;
  schedule: SchedulerServiceTaskScheduleDefinition;
}

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
    const { poller, files, allocator } = this.#options;
    await poller.poll({ signal });
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
  }
}
