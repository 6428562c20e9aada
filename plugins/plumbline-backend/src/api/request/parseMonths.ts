import { InputError } from '@backstage/errors';
import type { ReconcileQuery } from '@plumbline/backstage-plugin-plumbline-common';
import { isMonth } from '../../database';

/**
 * Billing months from one to another.
 *
 * @throws InputError when one is no month of the calendar.
 * @internal
 */
export function parseMonths({ from, to }: ReconcileQuery): ReconcileQuery {
  for (const [field, month] of Object.entries({ from, to })) {
    if (month !== undefined && !isMonth(month)) {
      throw new InputError(
        `'${field}' (${month}) is no month; write it as YYYY-MM`,
      );
    }
  }
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}
