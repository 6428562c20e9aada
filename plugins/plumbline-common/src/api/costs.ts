import type { EntityRef } from '../entityRef';
import type { Budget } from './budgets';
import type { ConvertedCosts } from './converted';
import type { UnitCost } from './unitCosts';
import type {
  CostBasis,
  Day,
  DecimalString,
  Freshness,
  Headline,
} from './headline';
import type { MatchedBy, Proof } from './bindings';
import type { SharedCost } from './shares';

/** What to ask of an entity's costs. @public */
export interface CostQuery {
  /** First day, inclusive. */
  from: Day;
  /** Last day, exclusive. */
  to: Day;
  granularity?: 'day' | 'month';
  groupBy?: CostGroupBy;
  basis?: CostBasis;
  /** `own` (what is allocated to the entity) or `with-dependencies` (plus what it depends on). */
  scope?: 'own' | 'with-dependencies';
  /** Only this environment; all where absent. */
  environment?: string;
}

/** @public */
export type CostGroupBy = 'service' | 'resource' | 'environment' | 'none';

/** One line of a chart or a row of a table. @public */
export interface CostSeries {
  /** Stable key: service name, resource id or environment; `other` for what was folded together. */
  key: string;
  label: string;
  /** For resources: provider, account, region and type. */
  detail?: {
    provider?: string;
    accountId?: string;
    region?: string;
    type?: string;
  };
  total: DecimalString;
  /** One amount per entry of `periods`, exact. */
  amounts: DecimalString[];
}

/** An entity's costs in one currency. @public */
export interface CurrencyCosts {
  currency: string;
  total: DecimalString;
  /** The same window in the other basis, so that both can be shown side by side. */
  otherBasisTotal: DecimalString;
  /** Largest first; at most 50, the rest folded into `other`. */
  series: CostSeries[];
  /** Credits, taxes, corrections and the like within `total`, by charge category. */
  byChargeCategory: { category: string; total: DecimalString }[];
  /** Like for like: as many days right before `from` as the window has complete ones. Absent where one has no data. */
  comparison?: {
    from: Day;
    to: Day;
    /** Everything in the days before; not what is compared. */
    total: DecimalString;
    /**
     * Usage in the complete days of the window, corrections left out. As on the card, that alone is compared: taxes,
     * support, credits and purchases are billed once, and often not before the month is over.
     */
    usage: DecimalString;
    /** Usage in the days before. */
    usageBefore: DecimalString;
    /** `usage / usageBefore - 1`; absent where it cannot be computed. */
    change?: DecimalString;
  };
}

/** How much of what belongs to the entity could be found in the bill. @public */
export interface CostCoverage {
  /** Resources bound to the entity. */
  resourcesBound: number;
  /** Of these, how many have a line in the bill within the window. */
  resourcesBilled: number;
}

/** Days from one to another. @public */
export interface DayRange {
  /** First day, inclusive. */
  from: Day;
  /** Last day, exclusive. */
  to: Day;
}

/** The answer to a cost query. @public */
export interface EntityCosts {
  entityRef: EntityRef;
  scope: 'own' | 'with-dependencies' | 'rollup';
  headline: Headline;
  basis: CostBasis;
  granularity: 'day' | 'month';
  groupBy: CostGroupBy;
  from: Day;
  to: Day;
  environment?: string;
  /** The environments that have cost in the window, for a switch. */
  environments: string[];
  /** Start day of each period of the series. */
  periods: Day[];
  /**
   * The first day of the window after the data ends: from there on days are incomplete. What is known of them is
   * in the totals; comparisons leave them out. Absent where the data reaches to the window's end.
   */
  incompleteFrom?: Day;
  /**
   * Days of the window, before the data ends, for which at least one of the sources holds no data: what their
   * amounts lack is not zero but unknown. In order; empty where nothing is missing.
   */
  missing: DayRange[];
  currencies: CurrencyCosts[];
  /** Own cost of each entity that was counted in, when more than the entity itself was. */
  parts?: { entityRef: EntityRef; currency: string; total: DecimalString }[];
  members?: { counted: number; hidden: number };
  /** What is shared with others by rules, in the days and environment of the figures. Absent where nothing is. */
  shares?: SharedCost[];
  /** Why a rule that shares the entity's cost out does not count, in a sentence. */
  sharesProblem?: string;
  coverage: CostCoverage;
  /** How the figures' resources were matched to the entity. */
  matchedBy: { matchedBy: MatchedBy; proof: Proof; resources: number }[];
  freshness: Freshness;
  forecast: Headline;
  /** How the budgets stand, by the one that worries most. */
  budget: Headline;
  /** The entity's own budgets, whatever the window and scope of the query. */
  budgets: Budget[];
  /** What the entity costs for each so many of something; empty where no metric is set up for it. */
  unitCosts: UnitCost[];
  /** The same figures in the reporting currency; absent where there is none, or nothing to convert. */
  converted?: ConvertedCosts;
}
