import { Link, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  EntityRef,
  SharePartner,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import {
  bucketText,
  ruleText,
  weightText,
  wholeMonthsText,
  whyText,
  type SharedLine,
} from './describeShares';
import styles from './SharedCosts.module.css';

/** One direction of sharing. */
export function SharedLines(props: {
  title: string;
  lines: SharedLine[];
  /** Where the charges of an entity are opened, where they can be. */
  chargesOf?: (entityRef: EntityRef) => string;
}) {
  const { title, lines, chargesOf } = props;
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
                <Partner partner={line.partner} chargesOf={chargesOf} />
              )}
              <span className={styles.detail}>
                {[weightText(line), ruleText(line), wholeMonthsText(line)]
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

function Partner(props: {
  partner: SharePartner | undefined;
  chargesOf?: (entityRef: EntityRef) => string;
}) {
  const { partner, chargesOf } = props;
  if (!partner) {
    return <>Others, which you may not see</>;
  }
  const { entityRef } = partner;
  if (!entityRef) {
    return <>{bucketText(partner)}</>;
  }
  return (
    <>
      <EntityRefLink entityRef={entityRef} />
      {chargesOf && (
        <>
          {' · '}
          <Link
            href={chargesOf(entityRef)}
            aria-label={`Open the charges of ${entityRef}`}
          >
            Open its charges
          </Link>
        </>
      )}
    </>
  );
}
