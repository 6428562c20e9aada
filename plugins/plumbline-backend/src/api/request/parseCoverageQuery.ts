import { InputError } from '@backstage/errors';
import type { CoverageRequest } from '../../cost/coverage';
import { isMonth } from '../../database';

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 500;

/**
 * @throws InputError when the month is none, or the page out of range.
 * @internal
 */
export function parseCoverageQuery(query: {
  month?: string;
  currency?: string;
  cursor?: string;
  limit?: string;
}): CoverageRequest {
  const { month, currency, cursor } = query;
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  if (month !== undefined && !isMonth(month)) {
    throw new InputError(`'month' is '${month}'; write it as YYYY-MM`);
  }
  return {
    ...(month !== undefined && { month }),
    ...(currency !== undefined && { currency }),
    offset: Number(cursor ?? 0),
    limit,
  };
}
