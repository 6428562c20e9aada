import type {
  ReconciledMonth,
  ReconciledStatement,
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

/** Whether exports, statement and invoices agree, in a sentence. */
export function statementText(statement: ReconciledStatement): string {
  const { agrees, invoices, currency, difference } = statement;
  if (!agrees) {
    return `All exports of the month together bill ${formatAmount(
      difference.replace('-', ''),
      currency,
    )} ${isNegative(difference) ? 'less' : 'more'} than the statement says.`;
  }
  switch (invoices) {
    case 'match':
      return 'Exports, statement and invoices agree.';
    case 'differ':
      return 'The statement is what the exports bill, and an invoice says something else: see the bills below.';
    default:
      return 'The statement is what the exports bill; not every bill has an invoice beside it that could be compared.';
  }
}

/** Why a source’s bill is not what the statement goes up to. */
export const statementReasonTexts: Record<
  ReconciledStatement['reasons'][number]['reason'],
  string
> = {
  'not-restated':
    'its bill was delivered or added up anew, and is not restated yet. That happens by itself; where it does not, the statement says what holds it up.',
  retired:
    'no longer set up. Its bill is not counted any more, and stays in the statement as it was.',
  emptied:
    'delivered without any charge, which is held back: nothing is restated to zero for want of data.',
};
