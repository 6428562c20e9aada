import { Text } from '@backstage/ui';
import type {
  CurrencyCosts,
  EntityCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  basisLabels,
  basisSentences,
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
        <dt>{windowText(costs)}</dt>
        <dd className={styles.main} title={exactAmount(found.total, currency)}>
          {formatAmount(found.total, currency)}
        </dd>
        <dd className={styles.note}>{basisLabels[costs.basis]}</dd>
      </div>
      <div>
        <dt>
          {comparison
            ? `The same number of days before: ${formatDay(
                comparison.from,
              )} to ${formatDay(lastDayOf(comparison.to))}`
            : 'The same number of days before'}
        </dt>
        {comparison ? (
          <>
            <dd title={exactAmount(comparison.total, currency)}>
              {formatAmount(comparison.total, currency)}
            </dd>
            {comparison.change !== undefined && (
              <dd className={styles.note}>
                {formatChange(comparison.change)} since
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

function windowText({ from, to, incompleteFrom }: EntityCosts): string {
  const end =
    incompleteFrom !== undefined && incompleteFrom < to ? incompleteFrom : to;
  if (end <= from) {
    return `${formatDay(from)} to ${formatDay(lastDayOf(to))}`;
  }
  return `${formatDay(from)} to ${formatDay(lastDayOf(end))}`;
}
