import type { Day, DecimalString } from './headline';

/**
 * What is known of a unit cost.
 *
 * - `known`: cost and metric of every day that is complete
 * - `partial`: of some of these days; the figures count these days only
 * - `zero-usage`: the metric is 0 on all of them, so that a cost per one is not defined
 * - `no-metric-data`: no day has a value
 * - `cannot-tell`: no day has both, or a part of the cost is hidden from the caller
 *
 * @public
 */
export type UnitCostState =
  | 'known'
  | 'partial'
  | 'zero-usage'
  | 'no-metric-data'
  | 'cannot-tell';

/** Cost and metric of the days on which both are known. @public */
export interface UnitCostSum {
  /** How many days that are. */
  days: number;
  cost: DecimalString;
  usage: DecimalString;
  /** `cost × per / usage`, to 12 decimals; absent where there was no usage. */
  unitCost?: DecimalString;
}

/**
 * Held against as many days before, each against its counterpart. Of the cost only usage is compared, corrections left
 * out: taxes, support, credits and purchases, which are billed once, are in the figures alone.
 *
 * @public
 */
export interface UnitCostComparison {
  from: Day;
  to: Day;
  /** Days that are known in both windows: only these are compared. */
  days: number;
  /**
   * `unitCost / unitCostBefore - 1`, likewise of the cost of usage, and of the metric; absent where it cannot be
   * computed.
   */
  change?: DecimalString;
  costChange?: DecimalString;
  usageChange?: DecimalString;
  /** Cost of usage by the metric, in the days of the window that are compared. */
  unitCost?: DecimalString;
  /** The same of the days before. */
  unitCostBefore?: DecimalString;
}

/** A unit cost in one currency. @public */
export interface UnitCostFigures extends UnitCostSum {
  /** ISO 4217. */
  currency: string;
  /** One per entry of the answer's `periods`; its `days` are 0 where nothing is known. */
  periods: UnitCostSum[];
  comparison?: UnitCostComparison;
}

/** What an entity costs for each so many of something, such as 1,000 requests. @public */
export interface UnitCost {
  metric: string;
  /** What is counted, in the plural, such as `requests`. */
  label: string;
  per: number;
  state: UnitCostState;
  /** A sentence a person reads. */
  reason: string;
  /** Ids of the sources that the metric came from. */
  sources: string[];
  /** Complete days of the window. */
  daysInWindow: number;
  /** The largest cost first; empty where nothing can be told. */
  currencies: UnitCostFigures[];
}

/** A unit cost of a card: month to date. @public */
export interface UnitCostHeadline {
  metric: string;
  label: string;
  per: number;
  currency: string;
  unitCost: DecimalString;
  /** Of the cost of usage, against the same days of the month before; absent where it cannot be computed. */
  change?: DecimalString;
  /** Days that were counted. */
  days: number;
}
