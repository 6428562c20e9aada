import type { EntityRef } from '../entityRef';
import type { Budget } from './budgets';
import type { DayRange } from './costs';
import type {
  CostBasis,
  Day,
  DecimalString,
  Freshness,
  Headline,
  Month,
} from './headline';

/** What a row of the portfolio stands for. @public */
export type PortfolioBy =
  | 'owner'
  | 'system'
  | 'domain'
  | 'environment'
  | 'entity';

/** What rows can be sorted by; within a currency, as amounts of two cannot be compared. @public */
export type PortfolioSort =
  | 'name'
  | 'total'
  | 'lastMonth'
  | 'difference'
  | 'toDate';

/** What to ask of the portfolio. @public */
export interface PortfolioQuery {
  by: PortfolioBy;
  /** First month of the charges, inclusive. */
  from: Month;
  /** Last month of the charges, inclusive. */
  to: Month;
  basis?: CostBasis;
  /** Only this environment; all where absent. */
  environment?: string;
  /** Only this currency; all where absent. */
  currency?: string;
  /** Only rows whose name holds this text. */
  search?: string;
  sort?: PortfolioSort;
  order?: 'asc' | 'desc';
  /** Only entities of this owner; `none` for those without one. */
  owner?: EntityRef | 'none';
  /** Only entities of this system; `none` for those without one. */
  system?: EntityRef | 'none';
  /** Only entities of this domain; `none` for those without one. */
  domain?: EntityRef | 'none';
  /** Of the page before. */
  cursor?: string;
  limit?: number;
}

/**
 * How much is known of a month: all of it, a part (the rest is unknown, not zero), or nothing.
 *
 * @public
 */
export type MonthState = 'complete' | 'incomplete' | 'unknown';

/** Figures of one currency. @public */
export interface PortfolioFigures {
  currency: string;
  /** Of all months asked for, as far as they are known. */
  total: DecimalString;
  /** The months of which anything is known, oldest first. */
  months: { month: Month; amount: DecimalString }[];
  /** In `compared.lastMonth`. */
  lastMonth?: DecimalString;
  /** In `compared.monthBefore`. */
  monthBefore?: DecimalString;
  /** `lastMonth - monthBefore`. */
  difference?: DecimalString;
  /** `lastMonth / monthBefore - 1`; absent where it cannot be computed. */
  change?: DecimalString;
  /** In the days of `toDate`. */
  toDate?: DecimalString;
  /** What of `toDate` is usage, corrections left out: what is billed once a month compares with nothing. */
  usageToDate?: DecimalString;
  /** Usage in as many days of the month before. */
  sameDaysBefore?: DecimalString;
  /** `usageToDate / sameDaysBefore - 1`; absent where it cannot be computed. */
  toDateChange?: DecimalString;
  /** Of everything that the caller may see in this currency, 0 to 1; absent where that is not above zero. */
  share?: DecimalString;
}

/**
 * Whose figures a row holds:
 *
 * - `named`: `key` says
 * - `none`: entities without an owner, system or domain
 * - `removed`: entities that are no longer in the catalog
 * - `hidden`: somebody whom the catalog does not show to the caller
 *
 * @public
 */
export type PortfolioRowKind = 'named' | 'none' | 'removed' | 'hidden';

/** One owner, system, domain, environment or entity in one currency. @public */
export interface PortfolioRow extends PortfolioFigures {
  kind: PortfolioRowKind;
  /** An entity reference, or the name of an environment; of `named` rows only. */
  key?: string;
  /** Entities of the row that the caller may read, and how many of these have no cost in these months. */
  entities: { counted: number; withoutCost: number };
  /**
   * The row's budgets in its currency, the one that worries most first; absent where there is none, or where the row is
   * only a part of what its budgets count. One that counts an entity hidden from the caller comes without figures.
   */
  budgets?: Budget[];
}

/** What the rows of one currency add up to. @public */
export interface PortfolioTotal extends PortfolioFigures {
  /** How many rows there are, on all pages. */
  rows: number;
  /** The rows together with shared and unallocated cost, for who may see these and searches for nothing. */
  everything?: PortfolioFigures;
}

/** Shared cost, with what lies inside. @public */
export interface PortfolioShared extends PortfolioFigures {
  /** Commitments that were paid for and not used, within the shared cost; absent where there are none. */
  unusedCommitments?: PortfolioFigures;
}

/** A row whose cost rose or fell between the last two complete months. @public */
export interface PortfolioMover
  extends Required<
      Pick<PortfolioFigures, 'lastMonth' | 'monthBefore' | 'difference'>
    >,
    Pick<PortfolioFigures, 'change'> {
  kind: PortfolioRowKind;
  key?: string;
}

/** What everything costs that the caller may read. Months and days are those of the charges. @public */
export interface Portfolio {
  headline: Headline;
  by: PortfolioBy;
  basis: CostBasis;
  environment?: string;
  /** The environments that have cost in these months, for a switch. */
  environments: string[];
  /** The currencies that have cost in these months, the one with most rows first. */
  currencies: string[];
  months: { month: Month; state: MonthState }[];
  /** The last month that is complete, and the one before where that is complete too. */
  compared?: { lastMonth: Month; monthBefore?: Month };
  /** The days of the month to date, and as many of the month before where they are all known. */
  toDate?: DayRange & { before?: DayRange };
  /** From this day on days are incomplete; absent where the data reaches to the end of the last month. */
  incompleteFrom?: Day;
  /** Days before the data ends for which at least one source holds no data: unknown, not zero. */
  missing: DayRange[];
  /**
   * Entities that were added up, those of them without any cost in these months, and those that the caller may
   * not read, whose cost is in no figure here.
   */
  entities: { counted: number; withoutCost: number; hidden: number };
  rows: PortfolioRow[];
  nextCursor?: string;
  /** One a currency. */
  totals: PortfolioTotal[];
  /** Cost that by its nature has no single owner; absent for who may not see it. */
  shared?: PortfolioShared[];
  /** Usage that nobody claims; absent for who may not see it. */
  unallocated?: PortfolioFigures[];
  /** Largest first, by the difference between the two months compared. */
  movers: {
    currency: string;
    risers: PortfolioMover[];
    fallers: PortfolioMover[];
  }[];
  freshness: Freshness;
}
