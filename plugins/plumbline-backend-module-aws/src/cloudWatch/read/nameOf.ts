import type { MetricSeries } from '../config';

/** A series in words, for messages. @internal */
export function nameOf({ metric, entity }: MetricSeries): string {
  return `'${metric}' of ${entity}`;
}
