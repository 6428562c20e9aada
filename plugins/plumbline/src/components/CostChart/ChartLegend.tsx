import { exactAmount, formatAmount } from '../../format';
import type { ChartSeries } from './chartData';
import styles from './CostChart.module.css';

/** The series in the order of the stack, each with its total. */
export function ChartLegend(props: {
  series: ChartSeries[];
  currency: string;
  /** What the dashed line is, where there is one. */
  before?: string;
  /** What the hatched part of the chart is, where there is one. */
  hatched?: string;
}) {
  const { series, currency, before, hatched } = props;
  return (
    <ul className={styles.legend} aria-label="What the chart shows">
      {series.map(({ key, label, total, color }) => (
        <li key={key}>
          <span
            className={styles.swatch}
            style={{ background: `var(--plumbline-series-${color})` }}
          />
          <span className={styles.legendLabel} title={key}>
            {label}
          </span>
          <span
            className={styles.legendAmount}
            title={exactAmount(total, currency)}
          >
            {formatAmount(total, currency)}
          </span>
        </li>
      ))}
      {before && (
        <li>
          <span className={styles.dashed} />
          {before}
        </li>
      )}
      {hatched && (
        <li>
          <span className={styles.hatched} />
          {hatched}
        </li>
      )}
    </ul>
  );
}
