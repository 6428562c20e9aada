import { Text } from '@backstage/ui';
import type {
  Budget,
  BudgetFigures,
  BudgetPeriod,
} from '@plumbline/backstage-plugin-plumbline-common';
import { basisLabels, exactAmount, formatAmount } from '../../format';
import { Section } from '../Section';
import { BudgetBar } from './BudgetBar';
import { BudgetLabel } from './BudgetLabel';
import styles from './BudgetsSection.module.css';

const periodNames: Record<BudgetPeriod, string> = {
  month: 'Monthly budget',
  quarter: 'Quarterly budget',
  year: 'Yearly budget',
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
      <ul className={styles.list}>
        {budgets.map(budget => (
          <li key={budget.id} className={styles.budget}>
            <div className={styles.head}>
              <span className={styles.title}>
                <Text weight="bold">{titleOf(budget)}</Text>
                <BudgetLabel state={budget.state} />
              </span>
              {budget.figures && <Amounts figures={budget.figures} />}
            </div>
            <BudgetBar budget={budget} />
            <Text as="p">{budget.reason}</Text>
            <Text as="p" variant="body-small" color="secondary">
              {detailsOf(budget)}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Amounts({ figures }: { figures: BudgetFigures }) {
  const { amount, currency, spent } = figures;
  return (
    <Text className={styles.amounts}>
      {spent !== undefined && (
        <>
          <Text weight="bold" title={exactAmount(spent, currency)}>
            {formatAmount(spent, currency)}
          </Text>{' '}
          spent of{' '}
        </>
      )}
      {formatAmount(amount, currency)}
    </Text>
  );
}

function titleOf({ name, period, environment }: Budget): string {
  const title = name ?? periodNames[period];
  return environment ? `${title}, ${environment} only` : title;
}

function detailsOf({ basis, environment, figures, origin }: Budget): string {
  const parts = [
    basisLabels[basis],
    environment ? `environment ${environment}` : 'all environments',
    origin === 'repository' ? 'set in .plumbline.yaml' : 'set by the operator',
  ];
  if (figures?.projected !== undefined) {
    parts.unshift(
      `${formatAmount(figures.projected, figures.currency)} expected in all`,
    );
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
