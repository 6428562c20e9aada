import type {
  SchedulerService,
  SchedulerServiceTaskInvocationDefinition,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';

/** A scheduler whose tasks run when they are told to. */
export class TaskList implements SchedulerService {
  private readonly tasks = new Map<
    string,
    SchedulerServiceTaskInvocationDefinition
  >();

  async scheduleTask(
    task: SchedulerServiceTaskScheduleDefinition &
      SchedulerServiceTaskInvocationDefinition,
  ): Promise<void> {
    this.tasks.set(task.id, task);
  }

  createScheduledTaskRunner(schedule: SchedulerServiceTaskScheduleDefinition) {
    return {
      run: (task: SchedulerServiceTaskInvocationDefinition) =>
        this.scheduleTask({ ...schedule, ...task }),
    };
  }

  async triggerTask(id: string): Promise<void> {
    const task = this.tasks.get(id);
    if (!task) {
      throw new Error(
        `There is no task '${id}', only ${[...this.tasks.keys()].join(', ')}`,
      );
    }
    await task.fn(new AbortController().signal);
  }

  async cancelTask(): Promise<void> {}

  async getScheduledTasks() {
    return [...this.tasks.values()].map(({ id }) => ({
      id,
      scope: 'global' as const,
      settings: { version: 1 as const },
    }));
  }
}
