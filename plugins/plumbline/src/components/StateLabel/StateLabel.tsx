import type { ReactElement } from 'react';
import type { CardState } from '@plumbline/backstage-plugin-plumbline-common';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiQuestionLine,
  RiToolsLine,
} from '@remixicon/react';
import { stateLabels } from '../../format';
import styles from './StateLabel.module.css';

const icons: Record<CardState, ReactElement> = {
  ok: <RiCheckboxCircleLine aria-hidden size="1.15em" />,
  'needs-attention': <RiErrorWarningLine aria-hidden size="1.15em" />,
  'cannot-tell': <RiQuestionLine aria-hidden size="1.15em" />,
  'not-set-up': <RiToolsLine aria-hidden size="1.15em" />,
};

/** One of the four words with its icon, or another word that means as much. */
export function StateLabel(props: { state: CardState; label?: string }) {
  const { state, label = stateLabels[state] } = props;
  return (
    <span className={styles.label} data-state={state}>
      {icons[state]}
      {label}
    </span>
  );
}
