import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type {
  Day,
  UnitCostFigures,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  formatAxisAmount,
  formatDay,
  formatMonth,
  formatUnitCost,
} from '../../format';
import styles from './UnitCostsSection.module.css';

export interface UnitCostChartProps {
  title: string;
  figures: UnitCostFigures;
  periods: Day[];
  granularity: 'day' | 'month';
}

/** A unit cost over time. Periods without one are gaps, not zero. */
export default function UnitCostChart(props: UnitCostChartProps) {
  const { title, figures, periods, granularity } = props;
  const { currency } = figures;
  const label = granularity === 'month' ? formatMonth : formatDay;
  const data = periods.map((period, index) => ({
    period,
    // Pixels need no more than a float; the tooltip reads the exact text.
    value: numberOf(figures.periods[index]?.unitCost),
    text: figures.periods[index]?.unitCost,
  }));
  return (
    <div className={styles.chart}>
      <ResponsiveContainer
        width="100%"
        height="100%"
        initialDimension={{ width: 640, height: 180 }}
      >
        <LineChart
          accessibilityLayer
          title={title}
          data={data}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
          <XAxis
            dataKey="period"
            tickFormatter={(period: string) => label(period)}
            tickLine={false}
            axisLine={{ stroke: 'var(--bui-border-2)' }}
            tick={{ fill: 'var(--bui-fg-secondary)', fontSize: 12 }}
            tickMargin={8}
            minTickGap={28}
          />
          <YAxis
            width="auto"
            tickCount={4}
            tickFormatter={(value: number) => formatAxisAmount(value, currency)}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--bui-fg-secondary)', fontSize: 12 }}
          />
          <Tooltip
            cursor={{ stroke: 'var(--bui-border-2)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload;
              return active && point?.text !== undefined ? (
                <p className={styles.tooltip}>
                  {label(point.period)}:{' '}
                  <strong>{formatUnitCost(point.text, currency)}</strong>
                </p>
              ) : null;
            }}
          />
          <Line
            dataKey="value"
            name={title}
            stroke="var(--plumbline-series-1)"
            strokeWidth={2}
            dot={data.length <= 31 ? { r: 2 } : false}
            connectNulls={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
