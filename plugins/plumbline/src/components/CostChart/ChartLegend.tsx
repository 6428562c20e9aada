import { exactAmount, formatAmount } from '../../format';
import type { ChartSeries } from './chartData';
import styles from './CostChart.module.css';

/** The series in the order of the stack, each with its total. */
export function ChartLegend(props: {
  series: ChartSeries[];
  currency: string;
  /** What the dashed line is, where there is one. */
  before?: string;
  /** Whether a part of the chart is hatched. */
  unknown: boolean;
}) {
  const { series, currency, before, unknown } = props;
  return (
    <ul className={styles.legend} aria-label="What the chart shows">
      {series.map(({ key, label, total, color }) => (
        <li key={key}>
          <span
            className={styles.swatch}
            style={{ background: `var(--plumbline-series-${color})` }}
          />
          <span className={styles.legendLabel}>{label}</span>
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
      {unknown && (
        <li>
          <span className={styles.hatched} />
          Not known yet
        </li>
      )}
    </ul>
  );
}
