import type { EntityRef } from '../entityRef';
import type { Day, FreshnessState, Instant, Month } from './headline';

/** Something that went wrong while a source was read: where, and what to do. @public */
export interface SourceProblem {
  /** `error`: this part was not taken. `warning`: it was, with a remark. */
  severity: 'error' | 'warning';
  message: string;
  partition?: Month;
  file?: string;
  row?: number;
  column?: string;
  /** A right the source lacks, by its provider's name. */
  missingRight?: string;
}

/** How a run ended. @public */
export type RunState =
  | 'running'
  | 'succeeded'
  | 'partial'
  | 'failed'
  | 'budget-exhausted'
  | 'abandoned';

/** One run of one source. @public */
export interface CollectionRun {
  id: string;
  state: RunState;
  startedAt: Instant;
  finishedAt?: Instant;
  rows: number;
  paidCalls: number;
  problems: SourceProblem[];
}

/** A source's state. @public */
export interface SourceStatus {
  id: string;
  /** What it brings: costs, or business metrics. */
  domain: 'cost' | 'usage';
  title: string;
  state: FreshnessState;
  dataThrough?: Day;
  lastRun?: CollectionRun;
  lastSuccessAt?: Instant;
  nextRunAt?: Instant;
  paidCallsToday: number;
  paidCallsPerDay: number;
}

/**
 * When a source is collected by itself.
 *
 * - `interval`: so long after its last start; ISO 8601 duration
 * - `cron`: by a cron expression, in the time zone of the back end
 * - `manual`: never; somebody starts it
 *
 * @public
 */
export type SourceSchedule =
  | { kind: 'interval'; every: string }
  | { kind: 'cron'; cron: string }
  | { kind: 'manual' };

/** Why a source is paused. @public */
export type SourcePause =
  | {
      reason: 'operator';
      since: Instant;
      /** Who paused it. */
      by?: EntityRef;
    }
  /** The paid calls of the day are used up; it goes on by itself. */
  | { reason: 'budget' };

/** A month that a source holds: of costs a billing month. @public */
export interface SourceMonth {
  month: Month;
  publishedAt?: Instant;
  /** Lines it was made from. */
  rows?: number;
}

/** Everything an administrator sees of a source. @public */
export interface SourceDetails extends SourceStatus {
  schedule: SourceSchedule;
  /** Present while it is paused. */
  pause?: SourcePause;
  /** Paid calls of the last 30 days, today included. */
  paidCallsLast30Days: number;
  /** The latest first. */
  months: SourceMonth[];
  /** Months that the last run which ended did not take; what was there of them before stands. */
  failedMonths: Month[];
}

/** A repository whose `.plumbline.yaml` could not be read or understood. @public */
export interface RepositoryProblem {
  /** `host/owner/name`; absent until it was read again after an upgrade. */
  repository?: string;
  /** A sentence: what is wrong and what to do. */
  problem: string;
  readAt: Instant;
}

/** A state file of infrastructure as code, as last read. @public */
export interface IacStateStatus {
  name: string;
  /** Cloud resources that it manages. */
  resources: number;
  readAt: Instant;
  /** Why the last reading failed; what was read before stands. */
  problem?: string;
}

/** What is known of the catalog. @public */
export interface CatalogStatus {
  entities: number;
  lastPolledAt?: Instant;
  error?: string;
  /** Repositories that entities claim and that were looked at. */
  repositories: number;
  repositoryProblems: RepositoryProblem[];
  /** State files that the operator named. */
  iacStates: IacStateStatus[];
}

/** The rates that figures are converted by, as last read. @public */
export interface ExchangeRatesStatus {
  /** The reporting currency, ISO 4217. */
  currency: string;
  /** How many rates there are that lead to it or from it. */
  rates: number;
  /** The day of the newest of them; absent where there is none. */
  newest?: Day;
  /** When they were last looked for; absent where they never were. */
  readAt?: Instant;
  /** Why they could not be read then, and where; those read before stand. */
  problem?: string;
}

/** @public */
export interface PlumblineStatus {
  sources: SourceDetails[];
  catalog: CatalogStatus;
  /** Absent where there is no reporting currency. */
  exchangeRates?: ExchangeRatesStatus;
}
