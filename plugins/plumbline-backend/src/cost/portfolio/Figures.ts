import type {
  DecimalString,
  Month,
  PortfolioFigures,
} from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal } from '../../database';
import { changeOf } from '../comparison';
import { totalOf } from '../series';

/** Amounts of one currency in nanos. @internal */
export interface Amounts {
  /** One for each of the months read. */
  months: bigint[];
  toDate: bigint;
  /** Usage, corrections left out. */
  usageToDate: bigint;
  /** Usage, corrections left out. */
  sameDaysBefore: bigint;
}

/** What is known of the months and days that amounts are of. @internal */
export interface Calendar {
  /** The months read: those asked for, and the one before the first of them, which is there to compare with. */
  months: readonly Month[];
  /** Whether anything is known of each. */
  known: readonly boolean[];
  /** Positions among the months. */
  lastMonth?: number;
  monthBefore?: number;
  /** Whether the days are known. */
  toDate: boolean;
  sameDaysBefore: boolean;
}

/** Where the months begin that were asked for. */
const ASKED = 1;

/** @internal */
export function noAmounts(months: number): Amounts {
  return {
    months: new Array<bigint>(months).fill(0n),
    toDate: 0n,
    usageToDate: 0n,
    sameDaysBefore: 0n,
  };
}

/** @internal */
export function addAmounts(to: Amounts, other: Amounts): void {
  other.months.forEach((nanos, index) => {
    to.months[index] += nanos;
  });
  to.toDate += other.toDate;
  to.usageToDate += other.usageToDate;
  to.sameDaysBefore += other.sameDaysBefore;
}

/** Of the months asked for. @internal */
export function totalOfMonths({ months }: Amounts): bigint {
  return totalOf(months.slice(ASKED));
}

/** The last complete month less the one before; undefined where one of them is not known. @internal */
export function differenceOf(
  { months }: Amounts,
  { lastMonth, monthBefore }: Calendar,
): bigint | undefined {
  return lastMonth === undefined || monthBefore === undefined
    ? undefined
    : months[lastMonth] - months[monthBefore];
}

/**
 * Amounts as the API gives them; what is not known is left out.
 *
 * @param whole - what the amounts are a share of, in nanos
 * @internal
 */
export function figuresOf(
  amounts: Amounts,
  calendar: Calendar,
  currency: string,
  whole: bigint,
): PortfolioFigures {
  const { lastMonth, monthBefore } = calendar;
  const total = totalOfMonths(amounts);
  const share = shareOf(total, whole);
  return {
    currency,
    total: nanosToDecimal(total),
    months: calendar.months.flatMap((month, index) =>
      index >= ASKED && (calendar.known[index] || amounts.months[index] !== 0n)
        ? [{ month, amount: nanosToDecimal(amounts.months[index]) }]
        : [],
    ),
    ...(lastMonth !== undefined && {
      lastMonth: nanosToDecimal(amounts.months[lastMonth]),
      ...(monthBefore !== undefined &&
        comparedWith(amounts.months[lastMonth], amounts.months[monthBefore])),
    }),
    ...(calendar.toDate && {
      toDate: nanosToDecimal(amounts.toDate),
      usageToDate: nanosToDecimal(amounts.usageToDate),
      ...(calendar.sameDaysBefore && daysComparedOf(amounts)),
    }),
    ...(share !== undefined && { share }),
  };
}

/** Two months side by side. @internal */
export function comparedWith(lastMonth: bigint, monthBefore: bigint) {
  const change = changeOf(lastMonth, monthBefore);
  return {
    monthBefore: nanosToDecimal(monthBefore),
    difference: nanosToDecimal(lastMonth - monthBefore),
    ...(change !== undefined && { change }),
  };
}

function daysComparedOf({ usageToDate, sameDaysBefore }: Amounts) {
  const change = changeOf(usageToDate, sameDaysBefore);
  return {
    sameDaysBefore: nanosToDecimal(sameDaysBefore),
    ...(change !== undefined && { toDateChange: change }),
  };
}

/** To six decimals, half away from zero. */
function shareOf(part: bigint, whole: bigint): DecimalString | undefined {
  if (whole <= 0n) {
    return undefined;
  }
  const [sign, size] = part < 0n ? [-1n, -part] : [1n, part];
  const millionths = (2_000_000n * size + whole) / (2n * whole);
  return nanosToDecimal(sign * millionths * 1_000n);
}
