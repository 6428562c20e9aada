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

/** By how much something rose or fell, in words: no colour has to say it. */
export function ChangeText(props: {
  difference: DecimalString;
  /** As a ratio, where it can be computed. */
  change?: DecimalString;
  currency: string;
  /** What it is compared with, as in `than in September`. */
  than: string;
}) {
  const { difference, change, currency, than } = props;
  if (isZero(difference)) {
    return <span className={styles.change}>the same as {than}</span>;
  }
  const fell = isNegative(difference);
  const size = fell ? difference.slice(1) : difference;
  const Icon = fell ? RiArrowDownLine : RiArrowUpLine;
  return (
    <span
      className={styles.change}
      title={`${exactAmount(difference, currency)} against ${than}`}
    >
      <Icon aria-hidden size="1em" />
      {formatAmount(size, currency)} {fell ? 'less' : 'more'}
      {change !== undefined && ` (${formatChange(change)})`}
    </span>
  );
}
