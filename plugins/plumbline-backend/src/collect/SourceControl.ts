import type { SchedulerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { SourceStatus } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../database';
import { collectTaskId } from './CollectionRunner';
import { SourceStore } from './SourceStore';

/** What tells how sources are doing. */
interface Statuses {
  getStatuses(): Promise<SourceStatus[]>;
}

/**
 * What an administrator does to a source: let it rest, let it go on, collect it now.
 *
 * @internal
 */
export class SourceControl {
  readonly #sources: SourceStore;
  readonly #statuses: Statuses;
  readonly #scheduler: Pick<SchedulerService, 'triggerTask'>;
  readonly #now: () => Date;

  private constructor(options: {
    database: PlumblineDatabase;
    statuses: Statuses;
    scheduler: Pick<SchedulerService, 'triggerTask'>;
    now?: () => Date;
  }) {
    this.#sources = SourceStore.create(options);
    this.#statuses = options.statuses;
    this.#scheduler = options.scheduler;
    this.#now = options.now ?? (() => new Date());
  }

  static create(options: {
    database: PlumblineDatabase;
    statuses: Statuses;
    scheduler: Pick<SchedulerService, 'triggerTask'>;
    now?: () => Date;
  }): SourceControl {
    return new SourceControl(options);
  }

  /**
   * A run at work stops without publishing what it has not published yet, and goes on from there once resumed.
   *
   * @param by - reference of the person
   * @throws NotFoundError when no such source is set up
   */
  async pause(sourceId: string, by: string): Promise<void> {
    await this.#statusOf(sourceId);
    await this.#sources.pause(sourceId, by, this.#now());
  }

  /** @throws NotFoundError when no such source is set up */
  async resume(sourceId: string): Promise<void> {
    await this.#statusOf(sourceId);
    await this.#sources.resume(sourceId);
  }

  /**
   * Lets the scheduler start a run as soon as one of the portal's processes is free. Its paid calls count
   * towards the day's like those of any other run.
   *
   * @throws NotFoundError when no such source is set up
   * @throws ConflictError when it is paused, at work already, or has no paid call left today
   */
  async collectNow(sourceId: string): Promise<void> {
    const status = await this.#statusOf(sourceId);
    if (await this.#sources.isPaused(sourceId)) {
      throw new ConflictError(
        `Source '${sourceId}' is paused; resume it first`,
      );
    }
    if (
      status.paidCallsPerDay > 0 &&
      status.paidCallsToday >= status.paidCallsPerDay
    ) {
      throw new ConflictError(
        `Source '${sourceId}' has made its ${status.paidCallsPerDay} paid calls of today; it goes on tomorrow (UTC), or with a higher limit`,
      );
    }
    try {
      await this.#scheduler.triggerTask(collectTaskId(sourceId));
    } catch (error) {
      if (isError(error) && error.name === 'ConflictError') {
        throw new ConflictError(
          `Source '${sourceId}' is being collected already`,
        );
      }
      throw isError(error) && error.name === 'NotFoundError'
        ? new ServiceUnavailableError(
            `The task that collects source '${sourceId}' is not scheduled yet; try again in a minute`,
          )
        : error;
    }
  }

  async #statusOf(sourceId: string): Promise<SourceStatus> {
    const statuses = await this.#statuses.getStatuses();
    const status = statuses.find(({ id }) => id === sourceId);
    if (!status) {
      throw new NotFoundError(
        `There is no source '${sourceId}'; GET /v1/status lists those that are set up`,
      );
    }
    return status;
  }
}
