/**
 * At most one task under way beside its caller, so that the caller makes the next piece while one is written.
 *
 * @internal
 */
export class InFlight {
  private task: Promise<unknown> = Promise.resolve();

  /**
   * Waits for the task before, then starts one.
   *
   * @throws what the task before threw
   */
  async start(task: () => Promise<unknown>): Promise<void> {
    await this.task;
    this.task = task();
    // Whoever waits next is told; until then it is nobody's fault.
    this.task.catch(() => {});
  }

  /** @throws what the last task threw */
  async end(): Promise<void> {
    await this.task;
  }

  /** Waits until nothing is under way any more, however it ended: what was given up must not write later. */
  async settled(): Promise<void> {
    await this.task.catch(() => {});
  }
}
