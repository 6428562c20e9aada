import { useState } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { plumblineAdminPermission } from '@plumbline/backstage-plugin-plumbline-common';
import type { StatementMonth } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { formatMonth } from '../../format';
import styles from './Statements.module.css';

/** Lets administrators close a month that is over by hand. */
export function CloseMonth(props: {
  month: StatementMonth;
  onClosed: () => void;
}) {
  const { month, onClosed } = props;
  const { allowed } = usePermission({ permission: plumblineAdminPermission });
  const [open, setOpen] = useState(false);
  const over = month.month < new Date().toISOString().slice(0, 7);
  if (!allowed || !over) {
    return null;
  }
  const name = formatMonth(`${month.month}-01`);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button size="small" variant="tertiary" aria-label={`Close ${name} now`}>
        Close now…
      </Button>
      <Dialog>
        <CloseForm
          month={month}
          name={name}
          onDone={closed => {
            setOpen(false);
            if (closed) {
              onClosed();
            }
          }}
        />
      </Dialog>
    </DialogTrigger>
  );
}

function CloseForm(props: {
  month: StatementMonth;
  name: string;
  onDone: (closed: boolean) => void;
}) {
  const { month, name, onDone } = props;
  const api = useApi(plumblineApiRef);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const incomplete = month.state === 'blocked' || refusal !== undefined;

  const close = async () => {
    setBusy(true);
    try {
      await api.closeStatement(
        month.month,
        incomplete ? { force: true, reason } : {},
      );
      onDone(true);
    } catch (error) {
      setRefusal(messageOf(error));
      setBusy(false);
    }
  };

  return (
    <>
      <DialogHeader>Close {name}</DialogHeader>
      <DialogBody>
        <div className={styles.dialogBody}>
          <Text as="p">
            A closed month stays as it is: whose each charge is, and what it
            costs. What is billed for it later is stated as a difference. This
            cannot be undone.
          </Text>
          {refusal && (
            <Alert role="alert" status="warning" icon description={refusal} />
          )}
          {month.obstacles?.map(sentence => (
            <Text as="p" key={sentence}>
              {sentence}
            </Text>
          ))}
          {incomplete && (
            <TextAreaField
              label="Why it is closed although it is incomplete"
              description="The statement shows this to everybody who reads it."
              value={reason}
              onChange={setReason}
              isRequired
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={() => onDone(false)}>
          Leave it open
        </Button>
        <Button
          variant="primary"
          isDisabled={busy || (incomplete && reason.trim() === '')}
          onPress={close}
        >
          {incomplete ? 'Close it incomplete' : 'Close it'}
        </Button>
      </DialogFooter>
    </>
  );
}

/** What the back end says, where it says something. */
function messageOf(error: unknown): string {
  const body = (error as { body?: { error?: { message?: unknown } } }).body;
  return String(body?.error?.message ?? (error as Error).message);
}
