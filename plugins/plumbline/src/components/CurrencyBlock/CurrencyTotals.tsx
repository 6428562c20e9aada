import { Text } from '@backstage/ui';
import type {
  CurrencyCosts,
  Day,
  EntityCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  basisLabels,
  basisSentences,
  daysBetween,
  exactAmount,
  formatAmount,
  formatChange,
  formatDay,
  isZero,
} from '../../format';
import { lastDayOf } from '../../selection';
import styles from './CurrencyBlock.module.css';

/** The total of the window, the same days before, and the total in the other basis. */
export function CurrencyTotals(props: {
  costs: EntityCosts;
  currency: CurrencyCosts;
}) {
  const { costs, currency: found } = props;
  const { currency, comparison } = found;
  const otherBasis = costs.basis === 'effective' ? 'billed' : 'effective';
  const charges = found.byChargeCategory.filter(
    ({ category, total }) => category !== 'Usage' && !isZero(total),
  );
  return (
    <dl className={styles.totals}>
      <div>
        <dt>
          {formatDay(costs.from)} to {formatDay(lastDayOf(costs.to))}
        </dt>
        <dd className={styles.main} title={exactAmount(found.total, currency)}>
          {formatAmount(found.total, currency)}
        </dd>
        <dd className={styles.note}>
          {basisLabels[costs.basis]}
          {completeText(costs)}
        </dd>
      </div>
      <div>
        <dt>
          {comparison
            ? `${daysText(comparison)} before: ${formatDay(
                comparison.from,
              )} to ${formatDay(lastDayOf(comparison.to))}`
            : 'As many days before'}
        </dt>
        {comparison ? (
          <>
            <dd title={exactAmount(comparison.total, currency)}>
              {formatAmount(comparison.total, currency)}
            </dd>
            {comparison.change !== undefined && (
              <dd className={styles.note}>
                {formatChange(comparison.change)} since
                {costs.incompleteFrom !== undefined && ', complete days only'}
              </dd>
            )}
          </>
        ) : (
          <dd className={styles.none}>No figures to compare with</dd>
        )}
      </div>
      <div>
        <dt>The same days, {basisLabels[otherBasis]}</dt>
        <dd title={exactAmount(found.otherBasisTotal, currency)}>
          {formatAmount(found.otherBasisTotal, currency)}
        </dd>
        <dd className={styles.note}>{basisSentences[otherBasis]}</dd>
      </div>
      {charges.length > 0 && (
        <div>
          <dt>Of which not usage</dt>
          {charges.map(({ category, total }) => (
            <dd
              key={category}
              className={styles.charge}
              title={exactAmount(total, currency)}
            >
              <Text color="secondary">{category}</Text>
              <span>{formatAmount(total, currency)}</span>
            </dd>
          ))}
        </div>
      )}
    </dl>
  );
}

function daysText({ from, to }: { from: Day; to: Day }): string {
  const days = daysBetween(from, to);
  return days === 1 ? 'The day' : `The ${days} days`;
}

/** Up to which day the total is whole, where that is not its last one. */
function completeText({ from, incompleteFrom, missing }: EntityCosts): string {
  if (missing.length > 0) {
    return ', without the days that have no data';
  }
  if (incompleteFrom === undefined) {
    return '';
  }
  return incompleteFrom > from
    ? `, complete through ${formatDay(lastDayOf(incompleteFrom))}`
    : ', no day complete yet';
}
