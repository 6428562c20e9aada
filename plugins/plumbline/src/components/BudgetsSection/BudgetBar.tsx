import type { Budget } from '@plumbline/backstage-plugin-plumbline-common';
import styles from './BudgetBar.module.css';

/** As much above the amount as the bar has room for. */
const MOST = 1.25;

/** How much of a budget is spent, and how much will be; for the eye only, as the words say the same. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { figures, state } = budget;
  if (figures?.spent === undefined) {
    return null;
  }
  // Pixels need no more than a float.
  const amount = Number(figures.amount);
  const spent = Math.max(0, Number(figures.spent) / amount);
  const projected = Math.max(spent, Number(figures.projected ?? 0) / amount);
  const whole = Math.min(MOST, Math.max(1, projected));
  const width = (share: number) => `${(Math.min(share, whole) / whole) * 100}%`;
  return (
    <div className={styles.track} data-state={state} aria-hidden>
      <span className={styles.projected} style={{ width: width(projected) }} />
      <span className={styles.spent} style={{ width: width(spent) }} />
      {whole > 1 && (
        <span className={styles.limit} style={{ left: width(1) }} />
      )}
    </div>
  );
}
