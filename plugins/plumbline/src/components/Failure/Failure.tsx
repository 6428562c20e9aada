import { Alert, Button } from '@backstage/ui';
import { explainFailure } from './explainFailure';
import styles from './Failure.module.css';

/** A failed call: what happened, what to do, and a way to try again. Stays where it is put. */
export function Failure(props: {
  /** What could not be loaded, as in `the costs of this entity`. */
  what: string;
  error: Error;
  onRetry: () => void;
}) {
  const { what, error, onRetry } = props;
  const { kind, title, description } = explainFailure(error, what);
  return (
    <Alert
      role="alert"
      status={kind === 'not-visible' ? 'info' : 'danger'}
      icon
      title={title}
      description={
        // Here and not among the alert's actions, which squeeze the text of a narrow card.
        <span className={styles.row}>
          <span className={styles.text}>{description}</span>
          <Button size="small" variant="secondary" onPress={onRetry}>
            Try again
          </Button>
        </span>
      }
    />
  );
}
