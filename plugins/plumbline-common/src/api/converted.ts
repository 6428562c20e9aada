import type { Day, DecimalString } from './headline';

/** Which rates a conversion used for one currency. @public */
export interface UsedRates {
  /** ISO 4217. */
  currency: string;
  /** The oldest and the newest date of the rates, as published. */
  oldest: Day;
  newest: Day;
}

/**
 * Amounts of several currencies in the reporting currency, each day's charges by the rate of that day (the latest
 * published until then), rounded to nine decimals at the very end. It stands beside the exact figures, never instead of
 * them.
 *
 * @public
 */
export interface Converted {
  /** The reporting currency. */
  currency: string;
  /** Of all currencies but those in `lacks`. */
  total: DecimalString;
  /** By currency; empty where nothing had to be converted. */
  rates: UsedRates[];
  /** Whether a rate was much older than the charges it converted. */
  stale: boolean;
  /** Currencies without a rate for all of their days: nothing of them is in `total`. */
  lacks: string[];
}

/** Converted figures of a window, by period. @public */
export interface ConvertedCosts extends Converted {
  /** One amount per entry of the answer's `periods`. */
  amounts: DecimalString[];
}

/** Converted figures of a card. `total` is the month to date. @public */
export interface ConvertedHeadline extends Converted {
  /** What of `total` is usage, corrections left out. */
  usageToDate?: DecimalString;
  /** Usage of the same days of the month before; absent where they have no data or lack a rate. */
  sameDaysBefore?: DecimalString;
  /** `usageToDate / sameDaysBefore - 1`; absent where it cannot be computed. */
  change?: DecimalString;
}
