import type {
  InvoiceEntry,
  Month,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  instantFromDatabase,
  nanosOfParts,
  nanosToDecimal,
  unitsAndNanos,
  type PlumblineDatabase,
} from '../../database';

/** What an entry is about. @internal */
export interface InvoiceKey {
  source: number;
  month: Month;
  currency: string;
  /** Empty: the total of all invoices of the month. */
  invoiceId: string;
}

/** @internal */
export type StoredEntry = InvoiceKey & InvoiceEntry;

/**
 * What people read on paper invoices: entries are added, never changed.
 *
 * @internal
 */
export class InvoiceStore {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): InvoiceStore {
    return new InvoiceStore(options.database);
  }

  async add(
    { source, invoiceId, ...key }: InvoiceKey,
    entry: {
      /** nanos; absent to withdraw what was entered before */
      amount?: bigint;
      note: string;
      enteredBy: string;
      enteredAt: Date;
    },
  ): Promise<void> {
    const parts =
      entry.amount === undefined ? undefined : unitsAndNanos(entry.amount);
    await this.#database.knex('invoice_entry').insert({
      ...key,
      source_id: source,
      invoice_id: invoiceId,
      amount: parts?.nanos ?? null,
      ...(parts && { amount_units: parts.units }),
      note: entry.note,
      entered_by: entry.enteredBy,
      entered_at: entry.enteredAt,
    });
  }

  /** All entries of some months, the newest first. */
  async list(from: Month, to: Month): Promise<StoredEntry[]> {
    const rows = await this.#database.query(
      `select source_id, month, currency, invoice_id, cast(amount as text) as amount, cast(amount_units as text) as units, note, entered_by, entered_at
       from invoice_entry where month >= ? and month <= ? order by id desc`,
      [from, to],
    );
    return rows.map(row => ({
      source: Number(row.source_id),
      month: String(row.month),
      currency: String(row.currency),
      invoiceId: String(row.invoice_id),
      ...(row.amount !== null && {
        amount: nanosToDecimal(nanosOfParts(row.units, row.amount)),
      }),
      note: String(row.note),
      enteredBy: String(row.entered_by),
      enteredAt: (
        instantFromDatabase(row.entered_at) ?? new Date(0)
      ).toISOString(),
    }));
  }
}
