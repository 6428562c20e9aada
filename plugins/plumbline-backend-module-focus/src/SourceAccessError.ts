import { NotAllowedError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * The export, or one file of it, may not be read. `problems` names the file and the right that is missing.
 *
 * @internal
 */
export class SourceAccessError extends NotAllowedError {
  readonly missingRight?: string;
  readonly problems: SourceProblem[];

  constructor(
    message: string,
    details: { missingRight?: string; file?: string; cause?: unknown } = {},
  ) {
    super(message, details.cause);
    const { missingRight, file } = details;
    this.missingRight = missingRight;
    this.problems = [{ severity: 'error', message, file, missingRight }];
  }
}
