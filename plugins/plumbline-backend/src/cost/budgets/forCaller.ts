import type {
  Budget,
  BudgetState,
  Headline,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { StoredBudget } from './BudgetStore';

const HEADLINES: Record<BudgetState, Headline['state']> = {
  over: 'needs-attention',
  'at-risk': 'needs-attention',
  'cannot-tell': 'cannot-tell',
  'on-track': 'ok',
};

/** From what worries most to what worries least. */
const BY_WORRY: BudgetState[] = ['over', 'at-risk', 'cannot-tell', 'on-track'];

/**
 * A budget as a caller may see it. Where one of the entities it counts is hidden from the caller, its figures are, and
 * so is how it stands: with what the caller sees of the others, they would tell what the hidden one costs.
 *
 * @param hidden - how many of the entities it counts the caller may not see
 * @internal
 */
export function forCaller({ budget }: StoredBudget, hidden: number): Budget {
  if (hidden === 0) {
    return budget;
  }
  const { figures, ...rest } = budget;
  return {
    ...rest,
    state: 'cannot-tell',
    reason: 'This budget counts entities that you may not see.',
  };
}

/** Budgets from the one that worries most to the one that worries least. @internal */
export function byWorry(budgets: readonly Budget[]): Budget[] {
  return BY_WORRY.flatMap(state =>
    budgets.filter(budget => budget.state === state),
  );
}

/** How an entity's budgets stand, by the one that worries most. @internal */
export function budgetHeadline(budgets: readonly Budget[]): Headline {
  const [worst] = byWorry(budgets);
  return worst
    ? { state: HEADLINES[worst.state], reason: worst.reason }
    : {
        state: 'not-set-up',
        reason: 'No budget is set for this entity.',
      };
}
