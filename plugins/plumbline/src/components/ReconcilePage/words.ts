import type {
  ReconciledMonth,
  ReconcileHint,
  ReconcileState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatAmount, formatDay, isNegative } from '../../format';

/** What a month's state is called. */
export const reconcileLabels: Record<ReconcileState, string> = {
  matches: 'Matches',
  differs: 'Differs',
  'no-invoice': 'No invoice yet',
  incomplete: 'Month incomplete',
};

const froms = {
  entered: 'as entered',
  export: 'by the invoice ids in the export; nobody has compared it with paper',
  both: 'partly as entered, the rest by the invoice ids in the export',
};

/** The state in a sentence. */
export function reconcileText(month: ReconciledMonth): string {
  const { state, currency, difference, invoiceFrom } = month;
  const from = invoiceFrom && froms[invoiceFrom];
  switch (state) {
    case 'matches':
      return `The invoice, ${from}, is the bill to the cent.`;
    case 'differs':
      return `The invoice, ${from}, is ${formatAmount(
        (difference ?? '0').replace('-', ''),
        currency,
      )} ${isNegative(difference ?? '0') ? 'less' : 'more'} than the bill.`;
    case 'incomplete':
      return month.dataThrough
        ? `The bill is complete through ${formatDay(
            month.dataThrough,
          )} only, so it is not judged yet.`
        : 'The bill is not complete, so it is not judged yet.';
    default:
      return 'The export names no invoice, and nobody has entered one.';
  }
}

/** What to look at where invoice and bill differ. */
export const hintTexts: Record<ReconcileHint['reason'], string> = {
  'without-invoice': 'is billed on lines that name no invoice.',
  corrections: 'corrects earlier invoices.',
  tax: 'is tax, which may be on a paper of its own.',
  credits: 'is credits, which may be on a paper of their own.',
  'not-billed':
    'of amortised cost is billed at nothing here: a commitment or a marketplace pays it.',
};
