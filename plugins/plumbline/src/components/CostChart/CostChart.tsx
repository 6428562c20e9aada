import { useMemo } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  DefaultZIndexes,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type {
  Day,
  DecimalString,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatAxisAmount, formatDay, formatMonth } from '../../format';
import { ChartTooltip } from './ChartTooltip';
import { incompleteStretches, type ChartSeries, type Gaps } from './chartData';
import styles from './CostChart.module.css';

export interface CostChartProps {
  currency: string;
  granularity: 'day' | 'month';
  periods: Day[];
  series: ChartSeries[];
  /** Which days are not known, or not wholly. */
  gaps?: Gaps;
  /** Totals of the days before, place by place, with their first day. */
  before?: { from: Day; amounts: DecimalString[] };
}

const HATCHING = 'plumbline-incomplete';

/**
 * Costs over time as stacked bars, with the days before as a dashed line and hatching
 * where the data is not complete. The bars are reached by keyboard: focus the chart, then the
 * arrow keys.
 */
export default function CostChart(props: CostChartProps) {
  const { currency, granularity, periods, series, gaps, before } = props;
  const label = granularity === 'month' ? formatMonth : formatDay;
  const data = useMemo(
    () =>
      periods.map((period, index) => ({
        period,
        index,
        ...(before?.amounts[index] !== undefined
          ? { before: Number(before.amounts[index]) }
          : {}),
        // Pixels need no more than a float; the tooltip reads the exact text.
        ...Object.fromEntries(
          series
            .filter(({ amounts }) => amounts[index] !== undefined)
            .map(({ color, amounts }) => [`s${color}`, Number(amounts[index])]),
        ),
      })),
    [periods, series, before],
  );
  // So many bars that lines and gaps between them would leave little of them.
  const dense = periods.length > 120;
  const incomplete = incompleteStretches(periods, gaps ?? {});

  return (
    <div className={styles.chart}>
      <ResponsiveContainer
        width="100%"
        height="100%"
        initialDimension={{ width: 640, height: 300 }}
      >
        <ComposedChart
          accessibilityLayer
          title={`Cost per ${granularity} in ${currency}`}
          data={data}
          stackOffset="sign"
          barCategoryGap={dense ? 0 : '10%'}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        >
          <defs>
            <pattern
              id={HATCHING}
              width="8"
              height="8"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect
                width="8"
                height="8"
                fill="var(--bui-bg-neutral-1)"
                fillOpacity="0.6"
              />
              <line
                y2="8"
                stroke="var(--bui-fg-secondary)"
                strokeOpacity="0.55"
                strokeWidth="2"
              />
            </pattern>
          </defs>
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
            tickFormatter={(value: number) => formatAxisAmount(value, currency)}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--bui-fg-secondary)', fontSize: 12 }}
          />
          {incomplete.map(({ first, last }) => (
            <ReferenceArea
              key={first}
              x1={first}
              x2={last}
              fill={`url(#${HATCHING})`}
              fillOpacity={0.7}
              // Above the bars, which it marks, and below the line.
              zIndex={DefaultZIndexes.bar + 1}
              ifOverflow="extendDomain"
            />
          ))}
          <Tooltip
            cursor={{ fill: 'var(--plumbline-faint)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const index: unknown = payload?.[0]?.payload?.index;
              return active && typeof index === 'number' ? (
                <ChartTooltip {...props} index={index} />
              ) : null;
            }}
          />
          {series.map(({ key, label: name, color }) => (
            <Bar
              key={key}
              dataKey={`s${color}`}
              name={name}
              stackId="cost"
              fill={`var(--plumbline-series-${color})`}
              stroke="var(--bui-bg-neutral-1)"
              strokeWidth={dense ? 0 : 1}
              maxBarSize={48}
              isAnimationActive={false}
            />
          ))}
          {before && (
            <Line
              dataKey="before"
              name="The days before"
              stroke="var(--bui-fg-primary)"
              strokeWidth={1.5}
              strokeDasharray="5 4"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
