import { Component, lazy, Suspense, type ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { Placeholder } from '../Placeholder';
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

class ChartBoundary extends Component<
  { children: ReactNode },
  { failed: boolean }
> {
  static getDerivedStateFromError() {
    return { failed: true };
  }

  state = { failed: false };

  render() {
    return this.state.failed ? (
      <Text as="p" color="secondary">
        The chart could not be loaded. The same figures are in the tables below;
        reload the page to try again.
      </Text>
    ) : (
      this.props.children
    );
  }
}
