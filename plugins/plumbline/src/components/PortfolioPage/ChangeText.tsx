import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';
import {
  exactAmount,
  formatAmount,
  formatChange,
  isNegative,
  isZero,
} from '../../format';
import styles from './PortfolioPage.module.css';

/** From so many times as much on, a number in per cent says nothing any more. */
const TOO_MANY_TIMES = 10;

/** By how much something rose or fell, in words: no colour has to say it. */
export function ChangeText(props: {
  difference: DecimalString;
  /** As a ratio, where it can be computed. */
  change?: DecimalString;
  currency: string;
  /** What it is compared with, as in `Sept 2026`. */
  than: string;
}) {
  const { difference, change, currency, than } = props;
  if (isZero(difference)) {
    return <span className={styles.detail}>the same</span>;
  }
  const fell = isNegative(difference);
  const size = fell ? difference.slice(1) : difference;
  const Icon = fell ? RiArrowDownLine : RiArrowUpLine;
  return (
    <span
      className={styles.amounts}
      title={`${exactAmount(difference, currency)} against ${than}`}
    >
      <span className={styles.change}>
        <Icon aria-hidden size="1em" />
        {formatAmount(size, currency)} {fell ? 'less' : 'more'}
      </span>
      {change !== undefined && (
        <span className={styles.detail}>{ratioText(change)}</span>
      )}
    </span>
  );
}

function ratioText(change: DecimalString): string {
  return Number(change) >= TOO_MANY_TIMES
    ? `over ${TOO_MANY_TIMES} times as much`
    : formatChange(change);
}
