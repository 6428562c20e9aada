import { NotAllowedError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * The export as a whole may not be read. `problems` names the right that is missing.
 *
 * @internal
 */
export class SourceAccessError extends NotAllowedError {
  readonly problems: SourceProblem[];

  constructor(message: string, readonly missingRight: string, cause?: unknown) {
    super(message, cause);
    this.problems = [{ severity: 'error', message, missingRight }];
  }
}
