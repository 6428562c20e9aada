export { readCloudWatchConfig } from './readCloudWatchConfig';
export type { CloudWatchSettings, MetricSeries, Statistic } from './types';
