import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { addMonths, monthOfInstant } from '../database';

/** Months of daily cost that are kept, the present one among them. @internal */
export const KEPT_MONTHS = 25;

/** Months, both inclusive. @internal */
export interface Window {
  from: Month;
  to: Month;
}

/**
 * The months a run reads: those that may have been restated since the last run that succeeded, and all that
 * is kept where none ever did.
 *
 * @internal
 */
export function windowOfRun(options: {
  now: Date;
  restatedMonths: number;
  lastSuccess?: Date;
}): Window {
  const to = monthOfInstant(options.now);
  const oldest = addMonths(to, 1 - KEPT_MONTHS);
  const from = options.lastSuccess
    ? addMonths(monthOfInstant(options.lastSuccess), -options.restatedMonths)
    : oldest;
  return { from: from > oldest ? from : oldest, to };
}
