import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type { CollectContext } from './CollectContext';

/** FOCUS ChargeCategory. @public */
export type ChargeCategory =
  | 'Usage'
  | 'Purchase'
  | 'Tax'
  | 'Credit'
  | 'Adjustment';

/**
 * A thing the bill has lines for. `resourceId` is empty for charges of an account that name no resource.
 *
 * @public
 */
export interface BilledResource {
  /** FOCUS ServiceProviderName, else ProviderName, such as `AWS`. */
  provider: string;
  /** FOCUS SubAccountId, else BillingAccountId. */
  accountId: string;
  accountName?: string;
  /** FOCUS ResourceId as the provider writes it; unique within a provider only. Empty where the charge names none. */
  resourceId: string;
  name?: string;
  type?: string;
  region?: string;
  /** Tags of the latest line, keys and values as the provider ships them. */
  tags: Record<string, string>;
}

/** @public */
export interface BilledService {
  provider: string;
  /** FOCUS ServiceName; `Other` where the provider leaves it empty. */
  name: string;
  /** FOCUS ServiceCategory. */
  category?: string;
}

/**
 * Cost of one resource × service × day × currency × charge kind.
 *
 * @public
 */
export interface DailyCost {
  /** Position of the resource among those announced in this partition, from 0. */
  resource: number;
  /** Position of the service among those announced in this partition, from 0. */
  service: number;
  /** UTC day of ChargePeriodStart, in days since 1970-01-01. */
  day: number;
  /** ISO 4217 BillingCurrency. */
  currency: string;
  category: ChargeCategory;
  /** FOCUS ChargeClass is `Correction`. */
  correction: boolean;
  /** FOCUS CommitmentDiscountStatus. */
  commitment?: 'Used' | 'Unused';
  /**
   * 10⁻⁹ of the currency's unit. What rounding leaves is carried to the next row of the same service and currency,
   * so that the sum of a partition's rows of a service is its exact total, rounded once.
   */
  effectiveNanos: bigint;
  /** Likewise. */
  billedNanos: bigint;
  /**
   * How many lines of the export the row adds up: given for every row of a partition, or for none where the source
   * cannot tell. Where the same key comes more than once, they add up too.
   */
  lines?: number;
}

/** A file that a partition was read from, or a query that gave it. @public */
export interface CostOrigin {
  kind: 'file' | 'query';
  /** A file's path below the root of its export; a query as a person runs it. */
  name: string;
  /** Lines of it that count for the partition; absent where nobody counted them apart. */
  rows?: number;
  /** What the store of the file calls this version of it. */
  etag?: string;
  /** When it was written, ISO 8601. */
  modified?: string;
  /** It tells of these accounts only; of any where absent. */
  accounts?: string[];
  /** The account with whose credentials it was asked, where that is not the main one. */
  askedAs?: string;
}

/**
 * How a person reads a partition's lines with a tool of their own, so that they can add a figure up without us.
 *
 * `lines` is a query with one row a line and the columns `ProviderName`, `SubAccountId`, `ResourceId` (empty where
 * the line names none), `ServiceName`, `ChargePeriodStart` (a date), `BillingCurrency`, `ChargeCategory`,
 * `ChargeClass` (`Correction` or empty), `CommitmentDiscountStatus` (`Used`, `Unused` or empty), `EffectiveCost` and
 * `BilledCost` (exact decimals), all as this contract means them. Files are named as their origins are.
 *
 * @public
 */
export interface LineQuery {
  tool: 'DuckDB';
  /** Statements to run first, such as the time zone. */
  before?: string;
  lines: string;
}

/** What an export says of one invoice, for the partition. @public */
export interface ExportInvoice {
  /** FOCUS InvoiceId; empty for lines that name none. */
  id: string;
  /** FOCUS InvoiceIssuerName. */
  issuer?: string;
  /** ISO 4217. */
  currency: string;
  /** Exact sum of BilledCost, a decimal string. */
  billed: string;
}

/** Exact sums of a partition, decimal strings, before any rounding. @public */
export interface PartitionTotal {
  currency: string;
  effective: string;
  billed: string;
}

/**
 * What a cost source says, one piece after another. A partition is one billing month of the source. It is
 * opened, filled, and completed or failed before the next one opens; until it is complete, readers see what
 * was there before.
 *
 * @public
 */
export type CostBatch =
  | {
      type: 'partition';
      /** Billing month, `YYYY-MM`. */
      partition: string;
    }
  | { type: 'resources'; resources: BilledResource[] }
  | { type: 'services'; services: BilledService[] }
  /** At most 5,000 rows. The same key may come more than once; amounts add up. */
  | { type: 'rows'; rows: DailyCost[] }
  | {
      type: 'complete';
      partition: string;
      /** Changes whenever the partition's content does, such as a hash of the files' ETags. */
      fingerprint: string;
      totals: PartitionTotal[];
      /** Lines of the export the partition was made from. */
      rowsRead: number;
      /** Last day the source holds complete data for, days since 1970-01-01; absent where it holds none. */
      dataThrough?: number;
      /** What it was read from, in the order of reading. */
      origins?: CostOrigin[];
      /** How a person reads the same lines; absent where the source has no such way. */
      lineQuery?: LineQuery;
      /** By invoice, issuer and currency; absent where the bill does not name invoices. */
      invoices?: ExportInvoice[];
      problems: SourceProblem[];
      /** Resume after this partition. */
      cursor: string;
    }
  /** The partition could not be read: the old data stays. */
  | {
      type: 'failed';
      partition: string;
      problems: SourceProblem[];
      cursor: string;
    }
  /** The partition is as it was (same fingerprint). */
  | { type: 'unchanged'; partition: string; cursor: string };

/**
 * Where cost comes from: a billing export or a cost API.
 *
 * @public
 */
export interface CostSource {
  /** Stable and unique, such as `focus:aws`. */
  readonly id: string;
  /** What a person calls it. */
  readonly title: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  /** Paid calls it may make a day; 0 where it makes none. */
  readonly paidCallsPerDay: number;
  /** How many months before the present one are read again, for late and restated lines. */
  readonly restatedMonths: number;
  /**
   * Reads the window, partition by partition, the oldest first.
   *
   * @throws when nothing can be read at all (no access, no such folder); trouble with one partition is a `failed` batch.
   */
  collect(context: CollectContext): AsyncIterable<CostBatch>;
}
