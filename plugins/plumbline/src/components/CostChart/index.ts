export { ChartBoundary } from './ChartBoundary';
export { LazyCostChart } from './LazyCostChart';
export { ChartDataTable } from './ChartDataTable';
export { ChartLegend } from './ChartLegend';
export * from './chartData';
export type { CostChartProps } from './CostChart';
