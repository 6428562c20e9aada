import type { DecimalString, Day, Instant, Month } from './headline';

/** Which billing months to reconcile. @public */
export interface ReconcileQuery {
  /** First billing month; the sixth before `to` where absent. */
  from?: Month;
  /** Last billing month, inclusive; the newest of any bill where absent. */
  to?: Month;
}

/** What a person read on a paper invoice. @public */
export interface InvoiceEntry {
  /** Absent: the entry before it is withdrawn. */
  amount?: DecimalString;
  note: string;
  /** Entity reference of who entered it. */
  enteredBy: string;
  enteredAt: Instant;
}

/** An invoice of a month, as the export has it and as a person entered it. @public */
export interface ReconciledInvoice {
  /** FOCUS InvoiceId; empty for a total of all invoices that was entered without one. */
  id: string;
  issuer?: string;
  /** What the export bills on it. Absent where the export does not name it. */
  billed?: DecimalString;
  /** What counts of what was entered. */
  entered?: DecimalString;
  /** `entered` − `billed`, where both are known. */
  difference?: DecimalString;
  /** The newest first. */
  history: InvoiceEntry[];
}

/** Whether the invoice and the bill say the same. @public */
export type ReconcileState =
  | 'matches'
  | 'differs'
  | 'no-invoice'
  | 'incomplete';

/** Something that may explain a difference. @public */
export interface ReconcileHint {
  /**
   * `without-invoice`: billed without an InvoiceId. `corrections`: of earlier invoices. `tax`, `credits`: often on
   * papers of their own. `not-billed`: amortised cost that this bill charges nothing for, such as what a commitment
   * or a marketplace pays.
   */
  reason: 'without-invoice' | 'corrections' | 'tax' | 'credits' | 'not-billed';
  amount: DecimalString;
}

/** One billing month of one source in one currency, beside its invoices. @public */
export interface ReconciledMonth {
  source: string;
  title: string;
  /** Billing month: what the invoice covers, whenever the charges were. */
  month: Month;
  currency: string;
  publishedAt: Instant;
  dataThrough?: Day;
  /** Exact total of BilledCost in the export. */
  billed: DecimalString;
  entities: DecimalString;
  shared: DecimalString;
  unallocated: DecimalString;
  /** `billed` less the three; beyond what rounding to nanos leaves, something is wrong. */
  remainder: DecimalString;
  addsUp: boolean;
  state: ReconcileState;
  /** Absent where no invoice is known. */
  invoiceTotal?: DecimalString;
  /** Where the total is from; `export` alone compares the bill with itself. */
  invoiceFrom?: 'entered' | 'export' | 'both';
  /** `invoiceTotal` − `billed`. */
  difference?: DecimalString;
  /** What to look at where they differ. */
  hints: ReconcileHint[];
  invoices: ReconciledInvoice[];
}

/**
 * What a closed billing month was stated to cost in one currency, beside what all its exports bill now. All amounts are
 * billed cost.
 *
 * @public
 */
export interface ReconciledStatement {
  /** Billing month. */
  month: Month;
  currency: string;
  closedAt: Instant;
  /** As it was closed. */
  closing: DecimalString;
  /** How many restatements there are. */
  restatements: number;
  /** What they come to. */
  restated: DecimalString;
  /** The statement: closing and restatements. */
  total: DecimalString;
  /** What the exports of all sources in use bill. */
  exported: DecimalString;
  /** `exported` − `total`. */
  difference: DecimalString;
  /** Whether it is none but for what rounding each export to nanos leaves. */
  agrees: boolean;
  /** Of all its bills; absent where the invoices of one are not known. */
  invoiceTotal?: DecimalString;
  /** Whether the invoices are what the exports bill. */
  invoices: 'match' | 'differ' | 'not-known';
  /**
   * Why exports and statement differ, by source. `not-restated`: delivered or made anew, and not restated yet.
   * `retired`: no longer set up; its bill is not counted, and stays in the statement. `emptied`: delivered
   * without any charge, which is held back.
   */
  reasons: {
    reason: 'not-restated' | 'retired' | 'emptied';
    source: string;
    title: string;
  }[];
}

/** Bills and invoices side by side. @public */
export interface Reconciliation {
  /** The newest month first. */
  months: ReconciledMonth[];
  /** Of those months that are closed, likewise. */
  statements: ReconciledStatement[];
  /** Whether the caller may enter invoices. */
  mayEnter: boolean;
}

/** An invoice as a person enters it. @public */
export interface InvoiceInput {
  /** Id of the source whose bill it is for. */
  source: string;
  /** Billing month. */
  month: Month;
  currency: string;
  /** Absent: the total of all invoices of the month. */
  invoiceId?: string;
  /** Absent: withdraws what was entered before. */
  amount?: DecimalString;
  note: string;
}
