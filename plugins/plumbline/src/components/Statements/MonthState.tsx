import type { ReactElement } from 'react';
import type { StatementMonth } from '@plumbline/backstage-plugin-plumbline-common';
import { RiErrorWarningLine, RiLockLine, RiTimeLine } from '@remixicon/react';
import styles from './Statements.module.css';

const icons: Record<StatementMonth['state'], ReactElement> = {
  open: <RiTimeLine aria-hidden size="1.15em" />,
  blocked: <RiErrorWarningLine aria-hidden size="1.15em" />,
  closed: <RiLockLine aria-hidden size="1.15em" />,
};

const labels: Record<StatementMonth['state'], string> = {
  open: 'Open',
  blocked: 'Can’t be closed',
  closed: 'Closed',
};

/** Whether a month is open, waiting for something, or closed. */
export function MonthState({ state }: Pick<StatementMonth, 'state'>) {
  return (
    <span className={styles.state} data-state={state}>
      {icons[state]}
      {labels[state]}
    </span>
  );
}
