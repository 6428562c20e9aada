import type { SourceStatus } from '@plumbline/backstage-plugin-plumbline-common';
import type { SourceStatuses } from '../cost';

/** Pages may be so much behind the ledger. */
const KEPT_MS = 5_000;

/**
 * The sources' state as of a few seconds ago, so that twenty people who look at once ask the ledger once. It
 * says how current figures are; which figures are shown does not hang on it.
 *
 * @internal
 */
export class RecentStatuses implements SourceStatuses {
  readonly #inner: SourceStatuses;
  readonly #now: () => number;
  #recent: { until: number; statuses: Promise<SourceStatus[]> } | undefined;

  private constructor(inner: SourceStatuses, now: () => number) {
    this.#inner = inner;
    this.#now = now;
  }

  static create(options: {
    inner: SourceStatuses;
    now?: () => number;
  }): RecentStatuses {
    return new RecentStatuses(options.inner, options.now ?? Date.now);
  }

  async getStatuses(): Promise<SourceStatus[]> {
    if (!this.#recent || this.#recent.until <= this.#now()) {
      const statuses = this.#inner.getStatuses();
      this.#recent = { until: this.#now() + KEPT_MS, statuses };
      // A failure is not kept: the next one who looks asks again.
      statuses.catch(() => {
        this.#recent = undefined;
      });
    }
    return this.#recent.statuses;
  }
}
