import type {
  InvoiceEntry,
  ReconciledMonth,
  ReconcileHint,
  ReconcileState,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  dayOfInstant,
  dayToText,
  endDayOfMonth,
  nanosToDecimal,
  parseDecimal,
} from '../../database';
import type { Bill, BillShare } from './BillStore';
import { compareInvoices } from './compareInvoices';

/** What rounding a month to nanos may leave. */
const ROUNDING = '1e-9';

/** One currency of a bill beside its invoices. @internal */
export function reconcileMonth(options: {
  bill: Bill;
  title: string;
  currency: string;
  shares: readonly BillShare[];
  /** By invoice id, the newest first. */
  entries: ReadonlyMap<string, InvoiceEntry[]>;
  now: Date;
}): ReconciledMonth {
  const { bill, currency, entries } = options;
  const shares = options.shares.filter(share => share.currency === currency);
  const sumOf = (to: BillShare['to']) =>
    nanosToDecimal(
      shares.reduce(
        (sum, share) => sum + (share.to === to ? share.billed : 0n),
        0n,
      ),
    );
  const [entities, shared, unallocated] = (
    ['entities', 'shared', 'unallocated'] as const
  ).map(sumOf);
  const billed = parseDecimal(
    bill.totals.find(total => total.currency === currency)?.billed ?? '0',
  );
  const remainder = [entities, shared, unallocated].reduce(
    (rest, part) => rest.minus(parseDecimal(part)),
    billed,
  );
  const exported = bill.invoices?.filter(
    invoice => invoice.currency === currency,
  );
  const { invoices, total, from, papers } = compareInvoices(exported, entries);
  const difference =
    total === undefined ? undefined : parseDecimal(total).minus(billed);
  const matches = difference
    ?.abs()
    .lte(parseDecimal(halfCent(currency)).times(Math.max(1, papers)));
  const state = stateOf(bill, matches, options.now);
  return {
    source: bill.sourceId,
    title: options.title,
    month: bill.month,
    currency,
    publishedAt: bill.publishedAt.toISOString(),
    ...(bill.dataThrough !== undefined && {
      dataThrough: dayToText(bill.dataThrough),
    }),
    billed: billed.toFixed(),
    entities,
    shared,
    unallocated,
    remainder: remainder.toFixed(),
    addsUp: remainder.abs().lte(ROUNDING),
    state,
    ...(total !== undefined && { invoiceTotal: total, invoiceFrom: from }),
    ...(difference && { difference: difference.toFixed() }),
    hints:
      matches === false
        ? hintsOf(shares, exported?.filter(({ id }) => id === '') ?? [])
        : [],
    invoices,
  };
}

function stateOf(
  bill: Bill,
  matches: boolean | undefined,
  now: Date,
): ReconcileState {
  const end = endDayOfMonth(bill.month);
  const incomplete =
    dayOfInstant(now) < end ||
    (bill.dataThrough !== undefined && bill.dataThrough < end - 1);
  if (incomplete) {
    return 'incomplete';
  }
  if (matches === undefined) {
    return 'no-invoice';
  }
  return matches ? 'matches' : 'differs';
}

/** Half of the smallest coin: what rounding on paper may make of an amount. */
function halfCent(currency: string): string {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    // Anything longer is no currency of ISO 4217.
    currency: currency.length === 3 ? currency : 'USD',
  }).resolvedOptions();
  return `5e-${maximumFractionDigits + 1}`;
}

function hintsOf(
  shares: readonly BillShare[],
  withoutInvoice: readonly { billed: string }[],
): ReconcileHint[] {
  const sum = (
    amount: 'billed' | 'notBilled',
    which: (share: BillShare) => boolean,
  ) =>
    nanosToDecimal(
      shares.filter(which).reduce((all, share) => all + share[amount], 0n),
    );
  const hints: ReconcileHint[] = [
    {
      reason: 'without-invoice',
      amount: withoutInvoice
        .reduce(
          (all, { billed }) => all.plus(parseDecimal(billed)),
          parseDecimal('0'),
        )
        .toFixed(),
    },
    { reason: 'corrections', amount: sum('billed', share => share.correction) },
    {
      reason: 'tax',
      amount: sum('billed', share => share.category === 'Tax'),
    },
    {
      reason: 'credits',
      amount: sum('billed', share => share.category === 'Credit'),
    },
    { reason: 'not-billed', amount: sum('notBilled', () => true) },
  ];
  return hints.filter(({ amount }) => !parseDecimal(amount).isZero());
}
