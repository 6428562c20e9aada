import { Link, useSidebarOpenState } from '@backstage/core-components';
import { PlumbLine } from '../PlumbLine';
import styles from './SidebarLogo.module.css';

/** The plumb line, with the portal's name while the sidebar is open. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={styles.link}
      aria-label="Plumbline demo portal, home"
    >
      <PlumbLine className={styles.mark} />
      {isOpen && <span className={styles.name}>Plumbline</span>}
    </Link>
  );
}
