import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';

/** As tall as the card with one currency and four rows. */
export function OverviewCardSkeleton() {
  return (
    <Flex direction="column" gap="5">
      <VisuallyHidden role="status">Loading the overview</VisuallyHidden>
      <Flex direction="column" gap="2">
        <Skeleton width="55%" height="1rem" />
        <Skeleton width="45%" height="2.25rem" />
        <Skeleton width="70%" height="1.25rem" />
        <Skeleton width="100%" height="3rem" />
        <Skeleton width="65%" height="1rem" />
      </Flex>
      {['cost', 'drift', 'policy', 'provenance'].map(row => (
        <Flex key={row} direction="column" gap="2">
          <Skeleton width="100%" height="1.25rem" />
          <Skeleton width="80%" height="1rem" />
        </Flex>
      ))}
    </Flex>
  );
}
