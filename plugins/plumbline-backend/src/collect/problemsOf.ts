import { isError, stringifyError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * What an error of a source says for the ledger: the problems that it carries, such as a right that is missing,
 * else its message.
 *
 * @internal
 */
export function problemsOf(error: unknown): SourceProblem[] {
  const carried = isError(error) ? error.problems : undefined;
  return Array.isArray(carried) &&
    carried.length > 0 &&
    carried.every(isProblem)
    ? carried
    : [{ severity: 'error', message: stringifyError(error) }];
}

function isProblem(value: unknown): value is SourceProblem {
  const { severity, message } = (value ?? {}) as Partial<SourceProblem>;
  return (
    (severity === 'error' || severity === 'warning') &&
    typeof message === 'string'
  );
}
