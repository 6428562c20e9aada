import { Component, type ReactNode } from 'react';
import { Text } from '@backstage/ui';

/** Keeps a chart that cannot be loaded or drawn from taking the figures with it. */
export class ChartBoundary extends Component<
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
