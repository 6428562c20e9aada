import type {
  DecimalString,
  UnitCostComparison,
  UnitCostFigures,
  UnitCostSum,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Decimal } from 'decimal.js';
import { dayToText, ExactDecimal, nanosToDecimal } from '../../database';
import { daysBefore } from '../comparison';
import type { DayWindow } from '../CostStore';

/** Places of a unit cost: a request may cost a millionth of a cent. */
const PLACES = 12;
/** Places of a change, as of costs. */
const CHANGE_PLACES = 6;

/** Cost and metric by day. A day that is in neither is a day that nothing is known of. @internal */
export interface UnitCostDays {
  per: number;
  /** In nanos; a day that is known and absent cost nothing. */
  cost: ReadonlyMap<number, bigint>;
  /** What of it is usage, corrections left out: all that is compared. */
  costOfUsage: ReadonlyMap<number, bigint>;
  isCostKnown(day: number): boolean;
  usage: ReadonlyMap<number, Decimal>;
}

interface Sum {
  days: number;
  cost: bigint;
  usage: Decimal;
}

const NOTHING: Sum = { days: 0, cost: 0n, usage: new ExactDecimal(0) };

/** Whether both cost and metric of a day are known. @internal */
export function isKnown(days: UnitCostDays, day: number): boolean {
  return days.isCostKnown(day) && days.usage.has(day);
}

/**
 * What so many of the metric cost, over the days on which both cost and metric are known, in whole and by period. The
 * comparison counts the days that are known in both windows, each with its counterpart, and of their cost only usage.
 *
 * @param indexOfDay - in which period a day lies
 * @internal
 */
export function unitCostOf(
  days: UnitCostDays,
  currency: string,
  window: DayWindow,
  periods: { count: number; indexOfDay(day: number): number },
): UnitCostFigures {
  const byPeriod: Sum[] = new Array(periods.count).fill(NOTHING);
  let whole = NOTHING;
  for (const day of knownDays(days, window)) {
    const index = periods.indexOfDay(day);
    byPeriod[index] = plus(byPeriod[index], days, day);
    whole = plus(whole, days, day);
  }
  const comparison = compare(days, window);
  return {
    currency,
    ...toSum(whole, days.per),
    periods: byPeriod.map(sum => toSum(sum, days.per)),
    ...(comparison && { comparison }),
  };
}

/** Like for like against as many days right before. */
function compare(
  days: UnitCostDays,
  window: DayWindow,
): UnitCostComparison | undefined {
  const before = daysBefore(window);
  return comparePairs(days, window, before);
}

/**
 * Holds each day of a window against the day as far into another one; pairs of which one is not known are left out, and
 * so is what is not billed day by day: taxes, support, credits, purchases, corrections.
 *
 * @internal
 */
export function comparePairs(
  days: UnitCostDays,
  window: DayWindow,
  before: DayWindow,
): UnitCostComparison | undefined {
  const ofUsage = { ...days, cost: days.costOfUsage };
  let now = NOTHING;
  let then = NOTHING;
  for (const day of knownDays(days, window)) {
    const counterpart = day - window.from + before.from;
    if (counterpart < before.to && isKnown(days, counterpart)) {
      now = plus(now, ofUsage, day);
      then = plus(then, ofUsage, counterpart);
    }
  }
  if (now.days === 0) {
    return undefined;
  }
  const unitNow = perUnit(now, days.per);
  const unitThen = perUnit(then, days.per);
  const change = unitNow && unitThen && changeOf(unitNow, unitThen);
  const costChange = changeOf(units(now.cost), units(then.cost));
  const usageChange = changeOf(now.usage, then.usage);
  return {
    from: dayToText(before.from),
    to: dayToText(before.to),
    days: now.days,
    ...(change !== undefined && { change }),
    ...(costChange !== undefined && { costChange }),
    ...(usageChange !== undefined && { usageChange }),
    ...(unitNow && { unitCost: rounded(unitNow) }),
    ...(unitThen && { unitCostBefore: rounded(unitThen) }),
  };
}

function* knownDays(days: UnitCostDays, window: DayWindow): Generator<number> {
  for (let day = window.from; day < window.to; day++) {
    if (isKnown(days, day)) {
      yield day;
    }
  }
}

function plus(sum: Sum, days: UnitCostDays, day: number): Sum {
  return {
    days: sum.days + 1,
    cost: sum.cost + (days.cost.get(day) ?? 0n),
    usage: sum.usage.plus(days.usage.get(day) ?? 0),
  };
}

function toSum(sum: Sum, per: number): UnitCostSum {
  const unitCost = perUnit(sum, per);
  return {
    days: sum.days,
    cost: nanosToDecimal(sum.cost),
    usage: sum.usage.toFixed(),
    ...(unitCost && { unitCost: rounded(unitCost) }),
  };
}

/** Undefined where nothing was used: neither zero nor infinite. */
function perUnit({ cost, usage }: Sum, per: number): Decimal | undefined {
  return usage.isZero() ? undefined : units(cost).times(per).div(usage);
}

function units(nanos: bigint): Decimal {
  return new ExactDecimal(nanosToDecimal(nanos));
}

function rounded(value: Decimal): DecimalString {
  return value.toDecimalPlaces(PLACES).toFixed();
}

function changeOf(now: Decimal, before: Decimal): DecimalString | undefined {
  return before.gt(0)
    ? now.div(before).minus(1).toDecimalPlaces(CHANGE_PLACES).toFixed()
    : undefined;
}
