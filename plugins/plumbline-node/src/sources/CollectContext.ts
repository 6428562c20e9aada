import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * What a source may spend on calls that cost money.
 *
 * @public
 */
export interface PaidCallBudget {
  /** Calls left today. */
  readonly remaining: number;
  /**
   * Books calls before they are made.
   *
   * @throws BudgetExhaustedError when fewer than `calls` are left; the run stops, its finished partitions stand.
   */
  spend(calls: number): Promise<void>;
}

/**
 * What a source is given for one slice of a run.
 *
 * @public
 */
export interface CollectContext {
  /** Months to look at, `YYYY-MM`, both inclusive. Older ones stay as they are. */
  window: { from: string; to: string };
  /** Where the slice before ended, as the source said it; absent at the start of a run. */
  cursor?: string;
  /** Fingerprint of each partition that is live, so that an unchanged one need not be read again. */
  published: ReadonlyMap<string, string>;
  budget: PaidCallBudget;
  /** Aborted when the slice ends or the process stops; a source gives up soon after. */
  signal: AbortSignal;
  logger: LoggerService;
}
