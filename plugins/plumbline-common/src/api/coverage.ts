import type { Day, DecimalString, Instant, Month } from './headline';

/** Which month and currency of coverage, and which page of it. @public */
export interface CoverageQuery {
  /** Billing month; the latest where absent. */
  month?: Month;
  /** ISO 4217; the one with the most resources where absent. */
  currency?: string;
  cursor?: string;
  /** 1 to 500; 200 where absent. */
  limit?: number;
}

/**
 * Something by what became of it: `proven` and `claimed` belong to entities, `shared` has no single owner by its
 * nature (taxes, credits, support, purchases), `unallocated` is usage that nobody claims.
 *
 * @public
 */
export interface CoverageParts<T> {
  total: T;
  proven: T;
  claimed: T;
  shared: T;
  unallocated: T;
}

/** How much of something could be given to entities. @public */
export interface CoverageFigures {
  /** Resources with an id, each counted once. */
  resources: CoverageParts<number>;
  /** Effective cost; absent where the caller may not read the cost of everything. */
  amounts?: CoverageParts<DecimalString>;
  /** Cost of entities as a part of the total, to six decimals; absent where the total is nothing or less. */
  allocatedShare?: DecimalString;
}

/** @public */
export interface AccountCoverage extends CoverageFigures {
  provider: string;
  accountId: string;
  name?: string;
  /** From the operator's map of accounts. */
  environment?: string;
  /** Newest day with a charge of the account, in whichever month and currency; absent where it was not noted. */
  dataThrough?: Day;
  /**
   * Newest complete day of the account's source, where that is three days or more after `dataThrough`: nothing is
   * used there any more, or its charges no longer arrive. A bill alone cannot tell which.
   */
  sourceDataThrough?: Day;
}

/** Coverage by account in a billing month; accounts with the most unallocated first. @public */
export interface Coverage {
  /** Absent where no bill was read yet. */
  month?: Month;
  currency?: string;
  /** What there is to choose from. */
  months: Month[];
  currencies: string[];
  /** Whether amounts are shown; else there are counts of resources only. */
  amountsVisible: boolean;
  /** Over all accounts, not only those of this page. */
  total: CoverageFigures;
  accounts: AccountCoverage[];
  nextCursor?: string;
  /** Since the figures were worked out, something was published or allocated. */
  pending: boolean;
  computedAt?: Instant;
}
