import { Text } from '@backstage/ui';
import type {
  InvoiceEntry,
  ReconciledInvoice,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAgo, formatAmount } from '../../format';
import styles from './ReconcilePage.module.css';

/** The invoices of a month, with everything that was ever entered. */
export function InvoiceList(props: {
  invoices: ReconciledInvoice[];
  currency: string;
}) {
  const { invoices, currency } = props;
  if (invoices.length === 0) {
    return null;
  }
  const amountText = (amount: string) => (
    <span title={exactAmount(amount, currency)}>
      {formatAmount(amount, currency)}
    </span>
  );
  return (
    <div>
      <Text as="h4" weight="bold">
        Invoices
      </Text>
      <ul className={styles.list}>
        {invoices.map(({ id, issuer, billed, entered, history }) => (
          <li key={id}>
            {id ? <code>{id}</code> : 'All invoices of the month'}
            {issuer && ` of ${issuer}`}:{' '}
            {billed !== undefined && <>billed {amountText(billed)}</>}
            {billed !== undefined && entered !== undefined && ', '}
            {entered !== undefined && <>entered {amountText(entered)}</>}
            {billed === undefined && entered === undefined && 'withdrawn'}
            {history.length > 0 && (
              <details>
                <summary>
                  {history.length === 1
                    ? '1 entry'
                    : `${history.length} entries`}
                </summary>
                <ul className={styles.list}>
                  {history.map((entry, index) => (
                    <li key={index}>{entryText(entry, currency)}</li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function entryText(entry: InvoiceEntry, currency: string): string {
  const what =
    entry.amount === undefined
      ? 'Withdrawn'
      : formatAmount(entry.amount, currency);
  const note = entry.note && `: ${entry.note}`;
  return `${what} by ${entry.enteredBy}, ${formatAgo(entry.enteredAt)}${note}`;
}
