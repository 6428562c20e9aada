import { useState } from 'react';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { Button, TextField } from '@backstage/ui';
import type { ReconciledMonth } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { formatMonth } from '../../format';
import styles from './ReconcilePage.module.css';

const AMOUNT = /^-?\d{1,10}(\.\d{1,9})?$/;

/** Takes what a person reads on the paper invoice. */
export function InvoiceForm(props: {
  month: ReconciledMonth;
  onEntered: () => void;
}) {
  const { month, onEntered } = props;
  const api = useApi(plumblineApiRef);
  const alertApi = useApi(alertApiRef);
  const [isOpen, setOpen] = useState(false);
  const [invoiceId, setInvoiceId] = useState('');
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const [sending, setSending] = useState(false);
  const wrong = amount !== '' && !AMOUNT.test(amount.trim());

  const send = async () => {
    setSending(true);
    try {
      await api.enterInvoice({
        source: month.source,
        month: month.month,
        currency: month.currency,
        note,
        ...(invoiceId.trim() && { invoiceId: invoiceId.trim() }),
        ...(amount.trim() && { amount: amount.trim() }),
      });
      setOpen(false);
      setAmount('');
      setNote('');
      onEntered();
    } catch (error) {
      alertApi.post({
        message: `The invoice was not entered: ${
          error instanceof Error ? error.message : error
        }`,
        severity: 'error',
      });
    } finally {
      setSending(false);
    }
  };

  if (!isOpen) {
    return (
      <div>
        <Button
          size="small"
          variant="secondary"
          aria-label={`Enter an invoice of ${formatMonth(month.month)}, ${
            month.title
          }, ${month.currency}`}
          onPress={() => setOpen(true)}
        >
          Enter an invoice
        </Button>
      </div>
    );
  }
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        size="small"
        label="Invoice id"
        description="Empty: the total of all invoices of the month"
        value={invoiceId}
        onChange={setInvoiceId}
      />
      <TextField
        size="small"
        label={`Amount in ${month.currency}`}
        description={
          wrong
            ? 'A plain number such as 1234.50'
            : 'Empty: withdraws what was entered before'
        }
        isInvalid={wrong}
        inputMode="decimal"
        value={amount}
        onChange={setAmount}
      />
      <TextField
        size="small"
        label="Note"
        description="Where it is written, or why it is withdrawn"
        value={note}
        onChange={setNote}
      />
      <div className={styles.buttons}>
        <Button
          size="small"
          type="submit"
          isDisabled={wrong || (amount.trim() === '' && note.trim() === '')}
          isPending={sending}
        >
          {amount.trim() === '' ? 'Withdraw' : 'Enter'}
        </Button>
        <Button size="small" variant="tertiary" onPress={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
