import { Flex, Text } from '@backstage/ui';
import type {
  Budget,
  BudgetState,
  CardState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { basisLabels, formatAmount } from '../../format';
import { Section } from '../Section';
import { StateLabel } from '../StateLabel';

const cardStates: Record<BudgetState, CardState> = {
  'on-track': 'ok',
  'at-risk': 'needs-attention',
  over: 'needs-attention',
  'cannot-tell': 'cannot-tell',
};

/** The entity's budgets, and how each stands; nothing where there is none. */
export function BudgetsSection({ budgets }: { budgets: Budget[] }) {
  if (budgets.length === 0) {
    return null;
  }
  return (
    <Section
      title="Budgets"
      description="By the day of the charge, whatever days are chosen above."
    >
      <Flex direction="column" gap="4">
        {budgets.map(budget => (
          <Flex key={budget.id} direction="column" gap="1">
            {budget.name && <Text weight="bold">{budget.name}</Text>}
            <StateLabel state={cardStates[budget.state]} />
            <Text as="p">{budget.reason}</Text>
            <Text as="p" variant="body-small" color="secondary">
              {detailsOf(budget)}
            </Text>
          </Flex>
        ))}
      </Flex>
    </Section>
  );
}

function detailsOf({ basis, environment, figures, origin }: Budget): string {
  const parts = [
    basisLabels[basis],
    environment ? `environment ${environment}` : 'all environments',
    origin === 'repository' ? 'set in .plumbline.yaml' : 'set by the operator',
  ];
  if (figures?.spent !== undefined) {
    parts.unshift(`${formatAmount(figures.spent, figures.currency)} spent`);
  }
  if (figures?.dailyRate !== undefined) {
    parts.push(
      `${formatAmount(figures.dailyRate, figures.currency)} a day, from ${
        figures.daysConsidered
      } complete days`,
    );
  }
  if (figures && figures.otherCurrencies.length > 0) {
    parts.push(`costs in ${figures.otherCurrencies.join(', ')} not counted`);
  }
  return parts.join(' · ');
}
