import { RiLinkUnlink } from '@remixicon/react';
import styles from './UnconfirmedMark.module.css';

/** Marks what only the entity says belongs to it. */
export function UnconfirmedMark() {
  return (
    <span className={styles.mark}>
      <RiLinkUnlink aria-hidden size="1em" />
      Link not confirmed
    </span>
  );
}
