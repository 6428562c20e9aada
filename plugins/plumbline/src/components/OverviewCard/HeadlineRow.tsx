import type { ReactElement } from 'react';
import { Text } from '@backstage/ui';
import type { Headline } from '@plumbline/backstage-plugin-plumbline-common';
import { StateLabel } from '../StateLabel';
import styles from './HeadlineRow.module.css';

/** One domain: its name, its state and the sentence that says why. */
export function HeadlineRow(props: {
  icon: ReactElement;
  title: string;
  /** Absent where the person may not look at it. */
  headline?: Headline;
}) {
  const { icon, title, headline } = props;
  return (
    <div className={styles.row}>
      <span className={styles.icon}>{icon}</span>
      <div className={styles.text}>
        <div className={styles.title}>
          <Text as="h4" variant="body-medium" weight="bold">
            {title}
          </Text>
          {headline && <StateLabel state={headline.state} />}
        </div>
        <Text as="p" color="secondary">
          {headline ? headline.reason : 'You may not look at this.'}
        </Text>
      </div>
    </div>
  );
}
