import { Text } from '@backstage/ui';
import type { EntityCosts } from '@plumbline/backstage-plugin-plumbline-common';
import { membersText } from '../../format';
import { Section } from '../Section';
import { PartsList } from './PartsList';
import styles from './ScopeComparison.module.css';

/** The members of a System, Domain or Group with the own cost of each. */
export function MembersSection({ costs }: { costs: EntityCosts }) {
  const { parts = [], currencies, members, entityRef } = costs;
  return (
    <Section
      title="What is added up here"
      description={members && membersText(members)}
    >
      {parts.length === 0 && (
        <Text as="p" color="secondary">
          None of the members has a cost in these days.
        </Text>
      )}
      {parts.length > 0 &&
        currencies.map(({ currency }) => (
          <div key={currency} className={styles.currency}>
            <PartsList
              label={`Own cost of the members in ${currency}`}
              parts={parts}
              currency={currency}
              self={entityRef}
            />
          </div>
        ))}
    </Section>
  );
}
