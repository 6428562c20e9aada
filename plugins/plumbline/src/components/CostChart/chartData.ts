import Decimal from 'decimal.js';
import type {
  CostSeries,
  CurrencyCosts,
  Day,
  DayRange,
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

/** Which days of a window are not known, or not wholly. */
export interface Gaps {
  /** From this day on the data is not complete. */
  incompleteFrom?: Day;
  /** Days before that for which there is no data. */
  missing?: DayRange[];
}

/** Whether days of a period have no data, though later ones do. */
export function isMissing(
  periods: Day[],
  index: number,
  { missing = [] }: Gaps = {},
): boolean {
  const next = periods[index + 1];
  return missing.some(
    ({ from, to }) =>
      to > periods[index] && (next === undefined || from < next),
  );
}

/** Whether data is missing within a period, or ends within it or before: what is known of it is not all. */
export function isIncomplete(
  periods: Day[],
  index: number,
  gaps: Gaps = {},
): boolean {
  const { incompleteFrom } = gaps;
  const next = periods[index + 1];
  return (
    (incompleteFrom !== undefined &&
      (next === undefined || next > incompleteFrom)) ||
    isMissing(periods, index, gaps)
  );
}

/** The first and the last period of each stretch that is not complete. */
export function incompleteStretches(
  periods: Day[],
  gaps: Gaps,
): { first: Day; last: Day }[] {
  const stretches: { first: Day; last: Day; end: number }[] = [];
  periods.forEach((period, index) => {
    if (isIncomplete(periods, index, gaps)) {
      const before = stretches[stretches.length - 1];
      if (before?.end === index - 1) {
        before.last = period;
        before.end = index;
      } else {
        stretches.push({ first: period, last: period, end: index });
      }
    }
  });
  return stretches.map(({ first, last }) => ({ first, last }));
}

/**
 * The amount of a period, or nothing where it is not known. An incomplete period keeps
 * what it has so far, as the total counts that too; no amount there means not known yet.
 */
export function amountAt(
  amounts: DecimalString[],
  periods: Day[],
  index: number,
  gaps?: Gaps,
): DecimalString | undefined {
  const amount = amounts[index];
  return amount === undefined ||
    (isZero(amount) && isIncomplete(periods, index, gaps))
    ? undefined
    : amount;
}

/** The largest series with a colour each, the others folded into one; unknown amounts are left out. */
export function chartSeries(
  costs: CurrencyCosts,
  periods: Day[],
  gaps?: Gaps,
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
        series.map(({ amounts }) => amountAt(amounts, periods, index, gaps)),
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
