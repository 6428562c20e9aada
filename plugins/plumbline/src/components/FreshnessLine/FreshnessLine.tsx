import { Text } from '@backstage/ui';
import { RiErrorWarningLine, RiTimeLine } from '@remixicon/react';
import type { Freshness } from '@plumbline/backstage-plugin-plumbline-common';
import { freshnessSentences, freshnessText } from '../../format';
import styles from './FreshnessLine.module.css';

/** How old the figures are, and in words when they are not as fresh as they should be. */
export function FreshnessLine({ freshness }: { freshness: Freshness }) {
  const fresh = freshness.state === 'fresh';
  return (
    <div className={styles.line} title={freshness.collectedAt}>
      {fresh ? (
        <RiTimeLine aria-hidden size="1em" className={styles.icon} />
      ) : (
        <RiErrorWarningLine aria-hidden size="1em" className={styles.warning} />
      )}
      <Text variant="body-small" color="secondary" as="p">
        {lineOf(freshness)}
      </Text>
    </div>
  );
}

function lineOf(freshness: Freshness): string {
  switch (freshness.state) {
    case 'fresh':
      return freshnessText(freshness);
    case 'unknown':
      return freshnessSentences.unknown;
    default:
      return `${freshnessText(freshness)}. ${
        freshnessSentences[freshness.state]
      }`;
  }
}
