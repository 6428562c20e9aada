import { CustomErrorBase } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * A part of the export could not be read; says where and why.
 *
 * @internal
 */
export class FocusReadError extends CustomErrorBase {
  name = 'FocusReadError' as const;

  constructor(readonly problems: SourceProblem[], cause?: unknown) {
    super(problems.map(problem => problem.message).join('; '), cause);
  }
}
