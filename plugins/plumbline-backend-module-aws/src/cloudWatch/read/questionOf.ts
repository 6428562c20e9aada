import type {
  MetricDataQuery,
  MetricStat,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import type { MetricQuestion } from '../api/CloudWatchApi';
import type { MetricSeries, Statistic } from '../config';
import { nameOf } from './nameOf';

const DAY_SECONDS = 86_400;

/** What to ask CloudWatch for the values of a series by day. @internal */
export function questionOf(series: MetricSeries): MetricQuestion {
  const { ask } = series;
  const what = nameOf(series);
  if (!('expression' in ask)) {
    return { what, inputs: [], query: { MetricStat: statOf(ask) } };
  }
  return {
    what,
    inputs: ask.inputs.map(
      (input): MetricDataQuery => ({
        Id: input.id,
        MetricStat: statOf(input),
        ReturnData: false,
      }),
    ),
    query: { Expression: ask.expression, Period: DAY_SECONDS },
  };
}

function statOf(statistic: Statistic): MetricStat {
  return {
    Metric: {
      Namespace: statistic.namespace,
      MetricName: statistic.metricName,
      Dimensions: Object.entries(statistic.dimensions).map(([Name, Value]) => ({
        Name,
        Value,
      })),
    },
    Period: DAY_SECONDS,
    Stat: statistic.statistic,
    // Checked when the configuration was read.
    Unit: statistic.unit as StandardUnit | undefined,
  };
}
