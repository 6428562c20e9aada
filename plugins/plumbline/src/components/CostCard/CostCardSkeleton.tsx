import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';

/** As tall as the card with one currency, so that nothing jumps when it arrives. */
export function CostCardSkeleton() {
  return (
    <Flex direction="column" gap="4">
      <VisuallyHidden role="status">Loading the cost</VisuallyHidden>
      <Skeleton width="80%" height="1.25rem" />
      <Flex direction="column" gap="2">
        <Skeleton width="55%" height="1rem" />
        <Skeleton width="45%" height="2.25rem" />
        <Skeleton width="70%" height="1.25rem" />
      </Flex>
      <Skeleton width="100%" height="3rem" />
      <Flex direction="column" gap="1">
        <Skeleton width="45%" height="1rem" />
        <Skeleton width="65%" height="1rem" />
      </Flex>
    </Flex>
  );
}
