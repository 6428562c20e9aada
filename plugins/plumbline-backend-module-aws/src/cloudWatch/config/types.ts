import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { AwsPlace } from '../../aws';

/** A statistic of one CloudWatch metric. @internal */
export interface Statistic {
  namespace: string;
  metricName: string;
  dimensions: Record<string, string>;
  /** Such as `Sum` or `p99`. */
  statistic: string;
  /** Only values in this unit; all where absent. */
  unit?: string;
}

/** Values by day of one metric of one entity. @internal */
export interface MetricSeries {
  /** Name of the metric in Plumbline. */
  metric: string;
  entity: EntityRef;
  /** What a day is of which CloudWatch has no value. */
  missing: 'unknown' | 'zero';
  ask:
    | Statistic
    | { expression: string; inputs: Array<Statistic & { id: string }> };
}

/** One entry of `plumbline.cloudWatch`. @internal */
export interface CloudWatchSettings extends AwsPlace {
  name: string;
  title: string;
  series: MetricSeries[];
  paidCallsPerDay: number;
  schedule: SchedulerServiceTaskScheduleDefinition;
  restatedMonths: number;
}
