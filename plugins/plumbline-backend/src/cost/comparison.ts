import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';
import {
  addMonths,
  endDayOfMonth,
  firstDayOfMonth,
  monthOfDay,
  nanosToDecimal,
} from '../database';
import type { DayWindow } from './CostStore';

/**
 * `now / before - 1`, to six decimals; undefined where nothing was paid before, or more came back.
 *
 * @internal
 */
export function changeOf(
  now: bigint,
  before: bigint,
): DecimalString | undefined {
  if (before <= 0n) {
    return undefined;
  }
  const difference = now - before;
  const [dividend, divisor] = [absolute(difference), absolute(before)];
  // Half away from zero, in millionths.
  const millionths = (2_000_000n * dividend + divisor) / (2n * divisor);
  const sign = difference < 0n === before < 0n ? 1n : -1n;
  return nanosToDecimal(sign * millionths * 1_000n);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/**
 * Whether a row of `charge_kind`, called `kind`, is of what goes on from day to day, so that some days of a month can
 * be compared with those of another: usage without corrections. What is billed once is in figures, not in comparisons.
 *
 * @internal
 */
export const IS_USAGE = "(kind.category = 'Usage' and not kind.correction)";

/** As many days right before the window as it has. @internal */
export function daysBefore({ from, to }: DayWindow): DayWindow {
  return { from: from - (to - from), to: from };
}

/** The windows of a headline whose data is complete through a day. @internal */
export interface HeadlineWindows {
  monthToDate: DayWindow;
  /**
   * As many days of the month before, from its first; where it is too short for that, as many as end with it,
   * so that the number of days is always the same.
   */
  sameDaysBefore: DayWindow;
  lastMonth: DayWindow;
  /** The last 30 days. */
  daily: DayWindow;
}

/** @internal */
export function headlineWindows(dataThrough: number): HeadlineWindows {
  const month = monthOfDay(dataThrough);
  const monthToDate = { from: firstDayOfMonth(month), to: dataThrough + 1 };
  const days = monthToDate.to - monthToDate.from;
  const before = addMonths(month, -1);
  const lastMonth = {
    from: firstDayOfMonth(before),
    to: endDayOfMonth(before),
  };
  const to = Math.min(lastMonth.from + days, lastMonth.to);
  return {
    monthToDate,
    sameDaysBefore: { from: to - days, to },
    lastMonth,
    daily: { from: dataThrough - 29, to: dataThrough + 1 },
  };
}
