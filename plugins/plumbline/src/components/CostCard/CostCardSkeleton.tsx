import { Flex, VisuallyHidden } from '@backstage/ui';
import { Placeholder } from '../Placeholder';

/** As tall as the card with one currency, so that nothing jumps when it arrives. */
export function CostCardSkeleton() {
  return (
    <Flex direction="column" gap="4">
      <VisuallyHidden role="status">Loading the cost</VisuallyHidden>
      <Placeholder width="80%" height="1.25rem" />
      <Flex direction="column" gap="2">
        <Placeholder width="55%" height="1rem" />
        <Placeholder width="45%" height="2.25rem" />
        <Placeholder width="70%" height="1.25rem" />
      </Flex>
      <Placeholder width="100%" height="3rem" />
      <Flex direction="column" gap="1">
        <Placeholder width="45%" height="1rem" />
        <Placeholder width="65%" height="1rem" />
      </Flex>
    </Flex>
  );
}
