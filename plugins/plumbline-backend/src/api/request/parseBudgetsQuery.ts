import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type BudgetState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { budgetsCursor } from '../../cost/budgets';
import type { ParsedBudgetsQuery } from '../../cost/budgets';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/**
 * Which budgets to list.
 *
 * @throws InputError naming the field when the limit is out of range, the reference is none, or the cursor was never given.
 * @internal
 */
export function parseBudgetsQuery(query: {
  entityRef?: string;
  state?: BudgetState;
  cursor?: string;
  limit?: string;
}): ParsedBudgetsQuery {
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  return {
    limit,
    ...(query.entityRef !== undefined && {
      entityRef: toEntityRef(query.entityRef),
    }),
    ...(query.state !== undefined && { state: query.state }),
    ...(query.cursor !== undefined && {
      after: budgetsCursor.read(query.cursor),
    }),
  };
}
