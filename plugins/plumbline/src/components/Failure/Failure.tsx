import { Alert, Button } from '@backstage/ui';
import { explainFailure } from './explainFailure';

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
      description={description}
      customActions={
        <Button size="small" variant="secondary" onPress={onRetry}>
          Try again
        </Button>
      }
    />
  );
}
