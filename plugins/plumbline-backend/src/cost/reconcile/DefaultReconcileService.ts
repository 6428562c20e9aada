import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  InvoiceEntry,
  Reconciliation,
} from '@plumbline/backstage-plugin-plumbline-common';
import { addMonths, decimalToNanos } from '../../database';
import type { PlumblineDatabase } from '../../database';
import type { SourceStatuses } from '../CostService';
import { BillStore } from './BillStore';
import type { Bill } from './BillStore';
import { InvoiceStore } from './InvoiceStore';
import type { StoredEntry } from './InvoiceStore';
import { reconcileMonth } from './reconcileMonth';
import { StatedMonths } from './StatedMonths';
import type {
  EnterInvoiceRequest,
  ReconcileRequest,
  ReconcileService,
} from './ReconcileService';

/** How many months are shown where nobody says which. */
const MONTHS = 6;

/** So many at once, so that a page stays a page. */
const MOST_MONTHS = 36;

/** @internal */
export interface DefaultReconcileServiceOptions {
  database: PlumblineDatabase;
  statuses: SourceStatuses;
  now?: () => Date;
}

/**
 * Bills beside their invoices, for whoever asks; see {@link AuthorizedReconcileService}.
 *
 * @internal
 */
export class DefaultReconcileService implements ReconcileService {
  readonly #statuses: SourceStatuses;
  readonly #bills: BillStore;
  readonly #invoices: InvoiceStore;
  readonly #stated: StatedMonths;
  readonly #now: () => Date;

  private constructor(options: DefaultReconcileServiceOptions) {
    this.#statuses = options.statuses;
    this.#bills = BillStore.create(options);
    this.#invoices = InvoiceStore.create(options);
    this.#stated = StatedMonths.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  static create(
    options: DefaultReconcileServiceOptions,
  ): DefaultReconcileService {
    return new DefaultReconcileService(options);
  }

  /** @throws InputError when the months are out of order or too many. */
  async getReconciliation(request: ReconcileRequest): Promise<Reconciliation> {
    const to = request.to ?? (await this.#bills.newestMonth());
    if (to === undefined) {
      return { months: [], statements: [], mayEnter: false };
    }
    const from = request.from ?? addMonths(to, 1 - MONTHS);
    if (from > to || addMonths(from, MOST_MONTHS) <= to) {
      throw new InputError(
        `'from' (${from}) must not be after 'to' (${to}), and they may be ${MOST_MONTHS} months at most`,
      );
    }
    const [bills, entries, statuses] = await Promise.all([
      this.#bills.list(from, to),
      this.#invoices.list(from, to),
      this.#statuses.getStatuses(),
    ]);
    const titles = new Map(statuses.map(({ id, title }) => [id, title]));
    const months: Reconciliation['months'] = [];
    for (const bill of bills) {
      const shares = await this.#bills.shares(bill.entityGeneration);
      for (const currency of currenciesOf(bill)) {
        months.push(
          reconcileMonth({
            bill,
            title: titles.get(bill.sourceId) ?? bill.sourceId,
            currency,
            shares,
            entries: entriesOf(entries, bill, currency),
            now: this.#now(),
          }),
        );
      }
    }
    return {
      months,
      statements: await this.#stated.compare(months),
      mayEnter: false,
    };
  }

  async enterInvoice({
    invoice,
    credentials,
  }: EnterInvoiceRequest): Promise<void> {
    const { month, currency, invoiceId = '', amount, note } = invoice;
    const source = await this.#bills.findSource(invoice.source, month);
    if (source === undefined) {
      throw new NotFoundError(
        `The source '${invoice.source}' has no bill of ${month}`,
      );
    }
    await this.#invoices.add(
      { source, month, currency, invoiceId },
      {
        ...(amount !== undefined && { amount: decimalToNanos(amount) }),
        note,
        enteredBy: userOf(credentials),
        enteredAt: this.#now(),
      },
    );
  }
}

function currenciesOf(bill: Bill): string[] {
  return bill.totals.map(({ currency }) => currency).sort();
}

function entriesOf(
  entries: readonly StoredEntry[],
  bill: Bill,
  currency: string,
): Map<string, InvoiceEntry[]> {
  const byInvoice = new Map<string, InvoiceEntry[]>();
  for (const entry of entries) {
    if (
      entry.source === bill.source &&
      entry.month === bill.month &&
      entry.currency === currency
    ) {
      const { amount, note, enteredBy, enteredAt } = entry;
      byInvoice.set(entry.invoiceId, [
        ...(byInvoice.get(entry.invoiceId) ?? []),
        { ...(amount !== undefined && { amount }), note, enteredBy, enteredAt },
      ]);
    }
  }
  return byInvoice;
}

/** Only people get here. */
function userOf({ principal }: BackstageCredentials): string {
  return (principal as { userEntityRef?: string }).userEntityRef ?? 'unknown';
}
