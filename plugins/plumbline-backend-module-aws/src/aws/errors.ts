import { CustomErrorBase, NotAllowedError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * Some months could not be read; says why, and what to do. What was there of them before stays.
 *
 * @internal
 */
export class AwsReadError extends CustomErrorBase {
  name = 'AwsReadError' as const;

  constructor(readonly reason: string, cause?: unknown) {
    super(reason, cause);
  }
}

/**
 * AWS lets us read nothing: a right is missing, or the credentials are not accepted.
 *
 * @internal
 */
export class AwsAccessError extends NotAllowedError {
  readonly problems: SourceProblem[];

  constructor(
    message: string,
    details: { missingRight?: string; cause?: unknown } = {},
  ) {
    super(message, details.cause);
    this.problems = [
      { severity: 'error', message, missingRight: details.missingRight },
    ];
  }
}
