import { VisuallyHidden } from '@backstage/ui';
import { formatDay, formatMonth } from '../../format';
import type { CostChartProps } from './CostChart';
import { isIncomplete, isMissing, totalAt } from './chartData';

/** What the chart shows as a table, for those who cannot see it. */
export function ChartDataTable(props: CostChartProps) {
  const { currency, granularity, periods, series, before, gaps } = props;
  const label = granularity === 'month' ? formatMonth : formatDay;
  const text = (amount: string | undefined, index: number) =>
    amount ?? (isMissing(periods, index, gaps) ? 'no data' : 'not known yet');
  return (
    <VisuallyHidden>
      <table>
        <caption>
          Cost per {granularity} in {currency}
        </caption>
        <thead>
          <tr>
            <th scope="col">{granularity === 'month' ? 'Month' : 'Day'}</th>
            {series.map(item => (
              <th key={item.key} scope="col">
                {item.label}
              </th>
            ))}
            <th scope="col">Total</th>
            {before && <th scope="col">Before</th>}
          </tr>
        </thead>
        <tbody>
          {periods.map((period, index) => (
            <tr key={period}>
              <th scope="row">
                {label(period)}
                {isIncomplete(periods, index, gaps) &&
                  (isMissing(periods, index, gaps)
                    ? ' (data is missing)'
                    : ' (not complete yet)')}
              </th>
              {series.map(item => (
                <td key={item.key}>{text(item.amounts[index], index)}</td>
              ))}
              <td>{text(totalAt(series, index), index)}</td>
              {before && <td>{text(before.amounts[index], index)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
