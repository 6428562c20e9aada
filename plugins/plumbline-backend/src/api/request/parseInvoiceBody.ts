import { InputError } from '@backstage/errors';
import type { InvoiceInput } from '@plumbline/backstage-plugin-plumbline-common';
import { isMonth, parseDecimal } from '../../database';

/** More than any invoice, in whatever currency: a slip of the finger. */
const MOST = '1000000000000000';

/**
 * An invoice as a person entered it.
 *
 * @throws InputError naming the field that is wrong.
 * @internal
 */
export function parseInvoiceBody(body: InvoiceInput): InvoiceInput {
  const { source, month, currency, invoiceId, amount, note } = body;
  if (!isMonth(month)) {
    throw new InputError(`'month' (${month}) is no month; write it as YYYY-MM`);
  }
  if (amount !== undefined && parseDecimal(amount).abs().gt(MOST)) {
    throw new InputError(`'amount' (${amount}) must be within ±${MOST}`);
  }
  return {
    source,
    month,
    currency,
    note: note.trim(),
    ...(invoiceId !== undefined && { invoiceId: invoiceId.trim() }),
    ...(amount !== undefined && { amount }),
  };
}
