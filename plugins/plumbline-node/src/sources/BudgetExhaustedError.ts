import { CustomErrorBase } from '@backstage/errors';

/**
 * Thrown by a {@link PaidCallBudget} when the day's paid calls are used up.
 *
 * @public
 */
export class BudgetExhaustedError extends CustomErrorBase {
  name = 'BudgetExhaustedError' as const;
}
