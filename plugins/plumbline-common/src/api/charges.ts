import type { EntityRef } from '../entityRef';
import type { DayRange } from './costs';
import type { SharedCost } from './shares';
import type { CostBasis, Day, DecimalString, Instant, Month } from './headline';

/** Which figure to open: the same parts that made it, in one currency. @public */
export interface ChargesQuery {
  /** First day of charge, inclusive. */
  from: Day;
  /** Last day of charge, exclusive. */
  to: Day;
  /** ISO 4217. */
  currency: string;
  basis?: CostBasis;
  scope?: 'own' | 'with-dependencies';
  /** Only this environment. */
  environment?: string;
  /** Only this FOCUS ServiceName: the key of a series by service. */
  service?: string;
  /** Only this resource: the key of a series by resource. */
  resource?: string;
  /** Only this FOCUS ChargeCategory. */
  category?: string;
  /** Of the page before. */
  cursor?: string;
  /** Rows of a page; 100 where absent, at most 1,000. */
  limit?: number;
}

/** One resource × service × day × kind of charge, as the figure adds it up. @public */
export interface ChargeRow {
  /** UTC day of the charge. */
  day: Day;
  /** Billing month of the export that has it. */
  month: Month;
  /** Id of the source. */
  source: string;
  service: string;
  /** FOCUS ChargeCategory; `Rounding` for what rounding to nanos left of a month. */
  category: string;
  /** Whether it corrects an earlier invoice. */
  correction: boolean;
  commitment?: 'Used' | 'Unused';
  resource: {
    /** As the provider writes it; empty for charges that name none. */
    id: string;
    name?: string;
    type?: string;
    region?: string;
    provider: string;
    accountId: string;
  };
  effective: DecimalString;
  billed: DecimalString;
  /** Lines of the export that the row adds up; absent where they were not counted. */
  lines?: number;
}

/** A file that figures were read from, or a query that gave them. @public */
export interface ChargeOrigin {
  kind: 'file' | 'query';
  /** A file's path below the root of its export; a query as a person runs it. */
  name: string;
  /** Lines of it that count for the month. */
  rows?: number;
  etag?: string;
  modified?: Instant;
  /** The account with whose credentials a query was asked, where that is not the main one. */
  askedAs?: string;
}

/** One condition on a column of the export, by its FOCUS name. @public */
export interface ChargeFilter {
  column: string;
  operator: 'in' | 'not in' | 'from' | 'before';
  values: string[];
  /** How many more values there are than are given. */
  more?: number;
  /** For which days of charge it holds, where not for all of them. */
  days?: DayRange;
}

/** What one billing month of one source gives to a figure. @public */
export interface ChargeSource {
  /** Id of the source. */
  source: string;
  title: string;
  /** Billing month. */
  month: Month;
  publishedAt: Instant;
  /** Changes with the content of the export. */
  fingerprint: string;
  total: DecimalString;
  rowCount: number;
  /** Lines of the export behind these rows; absent where they were not counted. */
  lineCount?: number;
  /** What the rows come to. */
  rowTotal: DecimalString;
  /**
   * What of the figure is others’ cost (`received`), and what of the rows others bear (`given`), by rules. Rows +
   * received − given + what is without rows is the total. Whom the caller may not see has no name, rule or weight.
   */
  shares?: SharedCost[];
  /**
   * What the figure has of this month beyond rows and shares: `relinked` where resources are linked differently
   * since; `shared-by-month` where parts are kept by the month only, so that nobody knows which of them are of the
   * figure; `days-forgotten` where only sums of the month are kept.
   */
  withoutRows?: {
    amount: DecimalString;
    reason: 'relinked' | 'shared-by-month' | 'days-forgotten';
  };
  /** Absent where it was not recorded. */
  origins?: { count: number; named: ChargeOrigin[] };
  filter: ChargeFilter[];
  /** What DuckDB runs on the named files to get the same total and number of lines. */
  sql?: string;
  /** Why there is no `sql`, as a sentence. */
  noSqlReason?: string;
}

/** What a figure is made of. @public */
export interface EntityCharges {
  entityRef: EntityRef;
  scope: 'own' | 'with-dependencies' | 'rollup';
  from: Day;
  to: Day;
  currency: string;
  basis: CostBasis;
  /** The figure: all rows, what was received from others less what was given to them, and what is without rows. */
  total: DecimalString;
  /** Rows on all pages. */
  rowCount: number;
  /** Lines of the export behind all rows; absent where they were not counted for all of them. */
  lineCount?: number;
  /** Only on the first page. */
  sources?: ChargeSource[];
  /** By month, resource and day. */
  rows: ChargeRow[];
  nextCursor?: string;
}
