import { Skeleton } from '@backstage/ui';
import styles from './Placeholder.module.css';

/** Holds the place of what is loading, visible on cards of both themes. */
export function Placeholder(props: { width: string; height: string }) {
  return <Skeleton {...props} className={styles.placeholder} />;
}
