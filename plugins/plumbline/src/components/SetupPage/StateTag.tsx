import type { ReactElement } from 'react';
import type { FreshnessState } from '@plumbline/backstage-plugin-plumbline-common';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiPauseCircleLine,
  RiQuestionLine,
  RiTimeLine,
} from '@remixicon/react';
import { sourceStateLabels } from './words';
import styles from './SetupPage.module.css';

const icons: Record<FreshnessState, ReactElement> = {
  fresh: <RiCheckboxCircleLine aria-hidden size="1.15em" />,
  stale: <RiTimeLine aria-hidden size="1.15em" />,
  partial: <RiErrorWarningLine aria-hidden size="1.15em" />,
  failing: <RiErrorWarningLine aria-hidden size="1.15em" />,
  paused: <RiPauseCircleLine aria-hidden size="1.15em" />,
  unknown: <RiQuestionLine aria-hidden size="1.15em" />,
};

/** How a source is doing, in a word with an icon. */
export function StateTag({ state }: { state: FreshnessState }) {
  return (
    <span className={styles.state} data-state={state}>
      {icons[state]}
      {sourceStateLabels[state]}
    </span>
  );
}
