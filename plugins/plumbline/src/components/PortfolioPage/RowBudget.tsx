import type { Budget } from '@plumbline/backstage-plugin-plumbline-common';
import { BudgetBar, BudgetLabel } from '../BudgetsSection';
import styles from './PortfolioPage.module.css';

/** How a row's budgets stand: the one that worries most, and how many more there are. */
export function RowBudget({ budgets }: { budgets: Budget[] }) {
  const [worst, ...others] = budgets;
  return (
    <div className={styles.budget} title={worst.reason}>
      <span className={styles.budgetState}>
        <BudgetLabel state={worst.state} />
        {others.length > 0 && (
          <span className={styles.detail}>+{others.length} more</span>
        )}
      </span>
      <BudgetBar budget={worst} />
    </div>
  );
}
