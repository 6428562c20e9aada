import { useId, type ReactNode } from 'react';
import { Text } from '@backstage/ui';
import styles from './Section.module.css';

/** A titled part of the tab. */
export function Section(props: {
  title: string;
  /** One sentence below the title. */
  description?: ReactNode;
  /** Stands at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, description, actions, children } = props;
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.header}>
        <div>
          <Text as="h3" variant="title-x-small" weight="bold" id={id}>
            {title}
          </Text>
          {description && (
            <Text as="p" color="secondary">
              {description}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
