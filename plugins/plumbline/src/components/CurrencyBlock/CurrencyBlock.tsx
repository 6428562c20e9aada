import { useMemo } from 'react';
import { Flex } from '@backstage/ui';
import type {
  CostGroupBy,
  CurrencyCosts,
  Day,
  EntityCosts,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { Placeholder } from '../Placeholder';
import { formatDay } from '../../format';
import { answerOf, type Call } from '../../hooks';
import { lastDayOf } from '../../selection';
import {
  ChartDataTable,
  ChartLegend,
  chartSeries,
  isIncomplete,
  isMissing,
  LazyCostChart,
  sumOf,
  totalAt,
  type ChartSeries,
  type Gaps,
} from '../CostChart';
import { Failure } from '../Failure';
import { Section } from '../Section';
import { BreakdownSection } from './BreakdownSection';
import { CurrencyTotals } from './CurrencyTotals';

/** The costs in two groupings, each with its own call. */
export interface Breakdown {
  groupBy: Exclude<CostGroupBy, 'none'>;
  call: Call<EntityCosts>;
  retry: () => void;
}

/** Everything about the costs in one currency: totals, chart and tables. */
export function CurrencyBlock(props: {
  entityRef: EntityRef;
  costs: EntityCosts;
  currency: CurrencyCosts;
  breakdowns: Breakdown[];
  /** The costs of the days before, for the dashed line. */
  before: { call: Call<EntityCosts>; retry: () => void };
  unconfirmed: ReadonlySet<string>;
}) {
  const { entityRef, costs, currency, breakdowns, before, unconfirmed } = props;
  const { periods, granularity } = costs;
  const series = useMemo(
    () => chartSeries(currency, periods, costs),
    [currency, periods, costs],
  );
  const earlier = useMemo(
    () => earlierAmounts(answerOf(before.call), currency),
    [before.call, currency],
  );
  const { comparison } = currency;
  const chart = {
    currency: currency.currency,
    granularity,
    periods,
    series,
    gaps: costs,
    before: earlier,
  };

  return (
    <>
      <Section title={`Cost in ${currency.currency}`}>
        <CurrencyTotals costs={costs} currency={currency} />
        <LazyCostChart {...chart} />
        <ChartLegend
          series={series}
          currency={currency.currency}
          before={
            earlier &&
            comparison &&
            `The days before: ${formatDay(comparison.from)} to ${formatDay(
              lastDayOf(comparison.to),
            )}`
          }
          hatched={hatchedText(periods, series, costs)}
        />
        <ChartDataTable {...chart} />
        {comparison && before.call.status === 'failed' && (
          <Failure
            what="the line of the days before"
            error={before.call.error}
            onRetry={before.retry}
          />
        )}
      </Section>
      {breakdowns.map(breakdown => (
        <BreakdownSection
          key={breakdown.groupBy}
          entityRef={entityRef}
          currency={currency.currency}
          severalCurrencies={costs.currencies.length > 1}
          breakdown={breakdown}
          unconfirmed={unconfirmed}
        />
      ))}
    </>
  );
}

function hatchedText(
  periods: Day[],
  series: ChartSeries[],
  gaps: Gaps,
): string | undefined {
  const hatched = periods.flatMap((_, index) =>
    isIncomplete(periods, index, gaps) ? [index] : [],
  );
  if (hatched.length === 0) {
    return undefined;
  }
  if (hatched.some(index => isMissing(periods, index, gaps))) {
    return 'Data is missing';
  }
  return hatched.some(index => totalAt(series, index) !== undefined)
    ? 'Not complete yet'
    : 'Not known yet';
}

function earlierAmounts(
  costs: EntityCosts | undefined,
  { currency, comparison }: CurrencyCosts,
) {
  if (!costs || !comparison || costs.from !== comparison.from) {
    return undefined;
  }
  const found = costs.currencies.find(item => item.currency === currency);
  return (
    found && {
      from: comparison.from,
      amounts: costs.periods.map((_, index) =>
        sumOf(found.series.map(({ amounts }) => amounts[index])),
      ),
    }
  );
}

/** Stands where the first currency will be. */
export function CurrencyBlockSkeleton() {
  return (
    <Section title="Cost">
      <Flex direction="column" gap="4">
        <Placeholder width="12rem" height="3.5rem" />
        <Placeholder width="100%" height="300px" />
      </Flex>
    </Section>
  );
}
