import Decimal from 'decimal.js';
import type {
  CostSeries,
  CurrencyCosts,
  Day,
  DecimalString,
} from '@plumbline/backstage-plugin-plumbline-common';
import { isZero, seriesLabel } from '../../format';

/** How many series keep a colour of their own; the rest is folded into one. */
export const SHOWN_SERIES = 7;

/** One series of the chart, amounts exact. */
export interface ChartSeries {
  key: string;
  label: string;
  total: DecimalString;
  /** One per period; absent where the amount is not known. */
  amounts: (DecimalString | undefined)[];
  /** Which colour, 1 to 7; 8 is for what was folded together. */
  color: number;
}

/** Adds exact amounts. */
export function sumOf(amounts: (DecimalString | undefined)[]): DecimalString {
  return amounts
    .reduce((sum, amount) => sum.plus(amount ?? 0), new Decimal(0))
    .toFixed();
}

/** Whether the data ends within a period or before it: what is known of it is not all. */
export function isIncomplete(
  periods: Day[],
  index: number,
  incompleteFrom?: Day,
): boolean {
  const next = periods[index + 1];
  return (
    incompleteFrom !== undefined &&
    (next === undefined || next > incompleteFrom)
  );
}

/**
 * The amount of a period, or nothing where it is not known. An incomplete period keeps
 * what it has so far, as the total counts that too; no amount there means not known yet.
 */
export function amountAt(
  amounts: DecimalString[],
  periods: Day[],
  index: number,
  incompleteFrom?: Day,
): DecimalString | undefined {
  const amount = amounts[index];
  return amount === undefined ||
    (isZero(amount) && isIncomplete(periods, index, incompleteFrom))
    ? undefined
    : amount;
}

/** The largest series with a colour each, the others folded into one; unknown amounts are left out. */
export function chartSeries(
  costs: CurrencyCosts,
  periods: Day[],
  incompleteFrom?: Day,
): ChartSeries[] {
  const named = costs.series.filter(({ key }) => key !== 'other');
  const shown = named.slice(0, SHOWN_SERIES);
  const folded = [
    ...named.slice(SHOWN_SERIES),
    ...costs.series.filter(({ key }) => key === 'other'),
  ];
  const known = (series: CostSeries[]) =>
    periods.map((_, index) =>
      sumIfKnown(
        series.map(({ amounts }) =>
          amountAt(amounts, periods, index, incompleteFrom),
        ),
      ),
    );
  const result = shown.map((series, index) => ({
    key: series.key,
    label: seriesLabel(series),
    total: series.total,
    amounts: known([series]),
    color: index + 1,
  }));
  if (folded.length > 0) {
    result.push({
      key: 'other',
      label: 'Everything else',
      total: sumOf(folded.map(({ total }) => total)),
      amounts: known(folded),
      color: SHOWN_SERIES + 1,
    });
  }
  return result;
}

/** The total of one period, or nothing where it is not known. */
export function totalAt(
  series: ChartSeries[],
  index: number,
): DecimalString | undefined {
  return sumIfKnown(series.map(({ amounts }) => amounts[index]));
}

function sumIfKnown(
  amounts: (DecimalString | undefined)[],
): DecimalString | undefined {
  return amounts.every(amount => amount === undefined)
    ? undefined
    : sumOf(amounts);
}
