import { lazy, Suspense } from 'react';
import { Placeholder } from '../Placeholder';
import { ChartBoundary } from './ChartBoundary';
import type { CostChartProps } from './CostChart';

const CostChart = lazy(() => import('./CostChart'));

/** The chart, its library loaded when it is first shown. The tables stay where it fails. */
export function LazyCostChart(props: CostChartProps) {
  return (
    <ChartBoundary>
      <Suspense fallback={<Placeholder width="100%" height="300px" />}>
        <CostChart {...props} />
      </Suspense>
    </ChartBoundary>
  );
}
