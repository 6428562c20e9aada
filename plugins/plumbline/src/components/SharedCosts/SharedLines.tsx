import { Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { SharePartner } from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import {
  bucketText,
  monthsText,
  ruleText,
  weightText,
  whyText,
  type SharedLine,
} from './describeShares';
import styles from './SharedCosts.module.css';

/** One direction of sharing. */
export function SharedLines(props: { title: string; lines: SharedLine[] }) {
  const { title, lines } = props;
  if (lines.length === 0) {
    return null;
  }
  return (
    <div>
      <Text as="h4" variant="body-medium" weight="bold">
        {title}
      </Text>
      <ul className={styles.list} aria-label={title}>
        {lines.map(line => (
          <li key={JSON.stringify(line)} className={styles.line}>
            <span className={styles.what}>
              {line.direction === 'kept' ? (
                whyText(line)
              ) : (
                <Partner partner={line.partner} />
              )}
              <span className={styles.detail}>
                {[weightText(line), ruleText(line), monthsText(line)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <span
              className={styles.amount}
              title={exactAmount(line.amount, line.currency)}
            >
              {formatAmount(line.amount, line.currency)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Partner({ partner }: { partner: SharePartner | undefined }) {
  if (!partner) {
    return <>Others, which you may not see</>;
  }
  return partner.entityRef ? (
    <EntityRefLink entityRef={partner.entityRef} />
  ) : (
    <>{bucketText(partner)}</>
  );
}
