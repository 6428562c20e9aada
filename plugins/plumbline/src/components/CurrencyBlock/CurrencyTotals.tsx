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
import { FigureButton } from '../ChargesDialog';
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
        <dd className={styles.main}>
          <FigureButton
            figure={{ part: 'total', currency }}
            of="the total"
            title={exactAmount(found.total, currency)}
          >
            {formatAmount(found.total, currency)}
          </FigureButton>
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
            <dd>
              <FigureButton
                figure={{ part: 'comparison', currency }}
                of="the figure of the days before"
                title={exactAmount(comparison.total, currency)}
              >
                {formatAmount(comparison.total, currency)}
              </FigureButton>
            </dd>
            <dd className={styles.note}>
              {usageText(comparison, currency)}
              {costs.incompleteFrom !== undefined && ', complete days only'}
            </dd>
          </>
        ) : (
          <dd className={styles.none}>No figures to compare with</dd>
        )}
      </div>
      <div>
        <dt>The same days, {basisLabels[otherBasis]}</dt>
        <dd>
          <FigureButton
            figure={{ part: 'other-basis', currency }}
            of={`the total, ${basisLabels[otherBasis]},`}
            title={exactAmount(found.otherBasisTotal, currency)}
          >
            {formatAmount(found.otherBasisTotal, currency)}
          </FigureButton>
        </dd>
        <dd className={styles.note}>{basisSentences[otherBasis]}</dd>
      </div>
      {charges.length > 0 && (
        <div>
          <dt>Of which not usage</dt>
          {charges.map(({ category, total }) => (
            <dd key={category} className={styles.charge}>
              <Text color="secondary">{category}</Text>
              <FigureButton
                figure={{ part: 'category', key: category, currency }}
                of={category}
                title={exactAmount(total, currency)}
              >
                {formatAmount(total, currency)}
              </FigureButton>
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

/** What is compared: usage, whatever else is in the totals. */
function usageText(
  { usage, usageBefore, change }: NonNullable<CurrencyCosts['comparison']>,
  currency: string,
): string {
  const now = formatAmount(usage, currency);
  const before = formatAmount(usageBefore, currency);
  return change === undefined
    ? `Usage: ${before}, and ${now} since`
    : `Usage ${formatChange(change)} since: from ${before} to ${now}`;
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
