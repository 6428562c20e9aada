import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';
import { formatShare } from '../../format';
import styles from './CostTable.module.css';

/** A share as text with a bar beside it. */
export function ShareBar({ share }: { share?: DecimalString }) {
  if (share === undefined) {
    return <span title="There is no total to be a share of">&ndash;</span>;
  }
  const width = Math.min(1, Math.max(0, Number(share)));
  return (
    <span className={styles.share}>
      <span className={styles.shareText}>{formatShare(share)}</span>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={{ width: `${width * 100}%` }} />
      </span>
    </span>
  );
}
