import { Flex, VisuallyHidden } from '@backstage/ui';
import { Placeholder } from '../Placeholder';

/** As tall as the card with one currency and four rows. */
export function OverviewCardSkeleton() {
  return (
    <Flex direction="column" gap="5">
      <VisuallyHidden role="status">Loading the overview</VisuallyHidden>
      <Flex direction="column" gap="2">
        <Placeholder width="55%" height="1rem" />
        <Placeholder width="45%" height="2.25rem" />
        <Placeholder width="70%" height="1.25rem" />
        <Placeholder width="100%" height="3rem" />
        <Placeholder width="65%" height="1rem" />
      </Flex>
      {['cost', 'drift', 'policy', 'provenance'].map(row => (
        <Flex key={row} direction="column" gap="2">
          <Placeholder width="100%" height="1.25rem" />
          <Placeholder width="80%" height="1rem" />
        </Flex>
      ))}
    </Flex>
  );
}
