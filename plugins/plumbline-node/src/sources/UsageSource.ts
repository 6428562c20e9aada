import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type { CollectContext } from './CollectContext';

/**
 * What one entity did on one day, by one measure, such as the requests it served.
 *
 * @public
 */
export interface DailyUsage {
  /** The entity, as `kind:namespace/name`; one that the catalog does not know yet is kept until it does. */
  entityRef: string;
  /** Name of the metric, such as `requests`: up to 128 letters, digits and `._:/-`. */
  metric: string;
  /** UTC day, in days since 1970-01-01. */
  day: number;
  /** Decimal number from 0 to 9,000,000,000,000; rounded to six places. */
  value: string;
}

/**
 * What a usage source says, one piece after another. A partition is one month of the source. It is opened, filled,
 * and completed or failed before the next one opens; until it is complete, readers see what was there before.
 *
 * @public
 */
export type UsageBatch =
  | {
      type: 'partition';
      /** `YYYY-MM`. */
      partition: string;
    }
  /** At most 5,000 rows. The same entity, metric and day may come more than once; values add up. */
  | { type: 'rows'; rows: DailyUsage[] }
  | {
      type: 'complete';
      partition: string;
      /** Changes whenever the partition's content does. */
      fingerprint: string;
      /** Values the partition was made from. */
      rowsRead: number;
      /** Last day the source holds complete data for, days since 1970-01-01; absent where it holds none. */
      dataThrough?: number;
      problems: SourceProblem[];
      /** Resume after this partition. */
      cursor: string;
    }
  /** The partition could not be read: the old data stays. */
  | {
      type: 'failed';
      partition: string;
      problems: SourceProblem[];
      cursor: string;
    }
  /** The partition is as it was (same fingerprint). */
  | { type: 'unchanged'; partition: string; cursor: string };

/**
 * Where business metrics come from: a file, Prometheus, CloudWatch.
 *
 * @public
 */
export interface UsageSource {
  /** Stable and unique among all sources, such as `prometheus:shop`. */
  readonly id: string;
  /** What a person calls it. */
  readonly title: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  /** Paid calls it may make a day; 0 where it makes none. */
  readonly paidCallsPerDay: number;
  /** How many months before the present one are read again, for late and corrected values. */
  readonly restatedMonths: number;
  /**
   * Reads the window, partition by partition, the oldest first. A day without a value is a day that nothing is known
   * of; a day without requests has the value 0.
   *
   * @throws when nothing can be read at all (no access, no such file); trouble with one partition is a `failed` batch.
   */
  collect(context: CollectContext): AsyncIterable<UsageBatch>;
}
