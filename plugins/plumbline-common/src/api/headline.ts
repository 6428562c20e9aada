import type { EntityRef } from '../entityRef';
import type { SharePartner, ShareWeight } from './shares';
import type { ConvertedHeadline } from './converted';
import type { UnitCostHeadline } from './unitCosts';

/** An instant, ISO 8601 in UTC. @public */
export type Instant = string;

/** A day, `YYYY-MM-DD`, in UTC. @public */
export type Day = string;

/** A month, `YYYY-MM`, in UTC. @public */
export type Month = string;

/** An exact decimal number as text, such as `-12.345000001`. @public */
export type DecimalString = string;

/**
 * What a card says at a glance. Labels: OK, Needs attention, Can't tell, Not set up.
 *
 * @public
 */
export type CardState = 'ok' | 'needs-attention' | 'cannot-tell' | 'not-set-up';

/** The state of a card with the one sentence that says why. @public */
export interface Headline {
  state: CardState;
  /** A sentence a person reads. */
  reason: string;
}

/**
 * How current a figure is.
 *
 * - `fresh`: the source's last run succeeded within its expected interval
 * - `stale`: it did, but too long ago
 * - `partial`: the last run brought only part of what was asked for
 * - `failing`: the last run failed; older data stands
 * - `paused`: an operator or an exhausted budget stopped the source
 * - `unknown`: no run has ended yet
 *
 * @public
 */
export type FreshnessState =
  | 'fresh'
  | 'stale'
  | 'partial'
  | 'failing'
  | 'paused'
  | 'unknown';

/** How current a figure is and where it came from. @public */
export interface Freshness {
  state: FreshnessState;
  /** The last day for which the sources hold complete data. */
  dataThrough?: Day;
  /** When the sources were last read with success. */
  collectedAt?: Instant;
  /** Ids of the sources the figure came from. */
  sources: string[];
}

/** The headline figures of one currency. @public */
export interface CurrencyHeadline {
  /** ISO 4217. */
  currency: string;
  /** From the first of the month of `dataThrough` to `dataThrough`. */
  monthToDate: DecimalString;
  /**
   * What of `monthToDate` is usage, corrections left out: what goes on from day to day. Taxes, support, credits and
   * purchases are billed once, and often not before the month is over: they compare with nothing.
   */
  usageToDate?: DecimalString;
  /** Usage of the same number of days of the month before; absent where that month has no data. */
  sameDaysBefore?: DecimalString;
  /** `usageToDate / sameDaysBefore - 1`; absent where it cannot be computed. */
  change?: DecimalString;
  /** The month before, whole; absent where it has no data. */
  lastMonth?: DecimalString;
  /** What of `monthToDate` was others' cost, by rules; absent where nothing is. */
  shared?: {
    amount: DecimalString;
    /** Absent where it comes from several, or the caller may not see from whom. */
    partner?: SharePartner;
    weight?: ShareWeight;
  };
  /** The last 30 days up to `dataThrough`, oldest first. */
  daily: { day: Day; amount: DecimalString }[];
}

/** The cost card's headline. @public */
export interface CostHeadline extends Headline {
  basis: CostBasis;
  /** Which environments the figures count: `production`, or `all` where nothing is known to be production. */
  environments: 'production' | 'all';
  /** Whether any part of the figures rests on a link that only the entity claims; absent where none does. */
  claimed?: boolean;
  /** For System, Domain and Group: how many members were added up, and how many the caller may not read. */
  members?: { counted: number; hidden: number };
  /** One per currency, the largest first; sums never cross currencies. */
  currencies: CurrencyHeadline[];
  /** The same figures in the reporting currency; absent where there is none, or nothing to convert. */
  converted?: ConvertedHeadline;
  /** What so many of its first metric that is known cost; absent where there is none. */
  unitCost?: UnitCostHeadline;
  freshness: Freshness;
}

/**
 * `effective`: amortised, what trends are read from. `billed`: what the invoice says.
 *
 * @public
 */
export type CostBasis = 'effective' | 'billed';

/** The four cards' headlines of one entity. @public */
export interface EntityOverview {
  entityRef: EntityRef;
  /** `own` for Component and Resource; `rollup` for System, Domain and Group. */
  scope: 'own' | 'rollup';
  /** Absent where the caller may not read the domain. */
  cost?: CostHeadline;
  drift?: Headline;
  policy?: Headline;
  provenance?: Headline;
}
