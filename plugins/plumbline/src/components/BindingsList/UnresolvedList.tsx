import { Alert } from '@backstage/ui';
import type { EntityBindings } from '@plumbline/backstage-plugin-plumbline-common';
import styles from './BindingsList.module.css';

/** Annotations that name nothing Plumbline knows, each with what to do. */
export function UnresolvedList(props: {
  unresolved: EntityBindings['unresolved'];
}) {
  const { unresolved } = props;
  return (
    <Alert
      status="warning"
      icon
      title={
        unresolved.length === 1
          ? 'One annotation names nothing that Plumbline knows'
          : `${unresolved.length} annotations name nothing that Plumbline knows`
      }
      description={
        <ul className={styles.unresolved}>
          {unresolved.map(({ annotation, value, reason }) => (
            <li key={`${annotation}=${value}`}>
              <code>
                {annotation}: {value}
              </code>
              <div>{reason}</div>
            </li>
          ))}
        </ul>
      }
    />
  );
}
