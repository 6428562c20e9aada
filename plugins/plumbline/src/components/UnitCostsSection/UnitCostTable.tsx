import {
  formatAmount,
  formatDay,
  formatMonth,
  formatUnitCost,
} from '../../format';
import type { UnitCostChartProps } from './UnitCostChart';
import styles from './UnitCostsSection.module.css';

const NUMBER = new Intl.NumberFormat('en-US');

/** What the chart shows as a table, with cost and metric that it comes from. */
export function UnitCostTable(props: UnitCostChartProps & { label: string }) {
  const { title, figures, periods, granularity, label } = props;
  const { currency } = figures;
  const nameOf = granularity === 'month' ? formatMonth : formatDay;
  return (
    <details className={styles.details}>
      <summary>The same as a table</summary>
      <div className={styles.scroller}>
        <table className={styles.table}>
          <caption>
            {title} in {currency}
          </caption>
          <thead>
            <tr>
              <th scope="col">{granularity === 'month' ? 'Month' : 'Day'}</th>
              <th scope="col">Cost</th>
              <th scope="col">{label}</th>
              <th scope="col">{title}</th>
            </tr>
          </thead>
          <tbody>
            {periods.map((period, index) => {
              const sum = figures.periods[index];
              return (
                <tr key={period}>
                  <th scope="row">{nameOf(period)}</th>
                  {sum && sum.days > 0 ? (
                    <>
                      <td>{formatAmount(sum.cost, currency)}</td>
                      <td>{NUMBER.format(sum.usage as `${number}`)}</td>
                      <td>
                        {sum.unitCost === undefined
                          ? 'not defined'
                          : formatUnitCost(sum.unitCost, currency)}
                      </td>
                    </>
                  ) : (
                    <td colSpan={3}>not known</td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
