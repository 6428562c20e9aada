import {
  exactAmount,
  formatAmount,
  formatDay,
  formatMonth,
  isZero,
} from '../../format';
import type { CostChartProps } from './CostChart';
import { isIncomplete, isMissing, totalAt } from './chartData';
import styles from './CostChart.module.css';

/** The amounts of one period in words, exact in their titles. */
export function ChartTooltip(props: CostChartProps & { index: number }) {
  const { currency, granularity, periods, series, before, index } = props;
  const incomplete = isIncomplete(periods, index, props.gaps);
  const missing = isMissing(periods, index, props.gaps);
  const total = totalAt(series, index);
  const previous = before?.amounts[index];
  const period =
    granularity === 'month'
      ? formatMonth(periods[index])
      : formatDay(periods[index]);
  return (
    <div className={styles.tooltip}>
      <p className={styles.tooltipTitle}>
        {period}
        {incomplete &&
          total !== undefined &&
          (missing ? ', data is missing' : ', not complete yet')}
      </p>
      {total === undefined ? (
        <p>
          {missing
            ? 'There is no data for this time. That does not mean that nothing was spent.'
            : 'Not known yet. The data ends before this.'}
        </p>
      ) : (
        <table>
          <tbody>
            {series.map(({ key, label, color, amounts }) => {
              const amount = amounts[index];
              return amount === undefined || isZero(amount) ? null : (
                <Row
                  key={key}
                  color={color}
                  label={label}
                  amount={amount}
                  currency={currency}
                />
              );
            })}
            <Row label="Total" amount={total} currency={currency} strong />
            {previous !== undefined && (
              <Row label="Before" amount={previous} currency={currency} />
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Row(props: {
  label: string;
  amount: string;
  currency: string;
  color?: number;
  strong?: boolean;
}) {
  const { label, amount, currency, color, strong } = props;
  return (
    <tr className={strong ? styles.strong : undefined}>
      <th scope="row">
        {color && (
          <span
            className={styles.swatch}
            style={{ background: `var(--plumbline-series-${color})` }}
          />
        )}
        {label}
      </th>
      <td title={exactAmount(amount, currency)}>
        {formatAmount(amount, currency)}
      </td>
    </tr>
  );
}
