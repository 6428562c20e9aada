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

/** @public */
export interface PlumblineStatus {
  sources: SourceStatus[];
  catalog: { entities: number; lastPolledAt?: Instant; error?: string };
}
