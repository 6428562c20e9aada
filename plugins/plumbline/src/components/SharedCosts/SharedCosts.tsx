import { Flex, Text } from '@backstage/ui';
import type { EntityCosts } from '@plumbline/backstage-plugin-plumbline-common';
import { Section } from '../Section';
import { linesOf } from './describeShares';
import { SharedLines } from './SharedLines';

/** What of the entity's figures is others' cost, and what of its own cost others bear. */
export function SharedCosts({ costs }: { costs: EntityCosts }) {
  if (costs.scope !== 'own') {
    return null;
  }
  const { shares = [], sharesProblem } = costs;
  const lines = linesOf(shares);
  const going = (direction: string) =>
    lines.filter(line => line.direction === direction);
  return (
    <Section
      title="Shared costs"
      description={
        shares.length > 0
          ? 'Cost that rules let several bear, in the days of these figures.'
          : undefined
      }
    >
      <Flex direction="column" gap="4">
        {sharesProblem && (
          <Text as="p">A rule does not count. {sharesProblem}</Text>
        )}
        {shares.length === 0 && (
          <Text as="p" color="secondary">
            No rule shares anything with this entity, or anything of it, in
            these days.
          </Text>
        )}
        <SharedLines
          title="In these figures, from others"
          lines={going('received')}
        />
        <SharedLines title="Given to others" lines={going('given')} />
        <SharedLines title="Kept of what is shared out" lines={going('kept')} />
      </Flex>
    </Section>
  );
}
