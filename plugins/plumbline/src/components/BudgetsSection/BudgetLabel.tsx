import type {
  BudgetState,
  CardState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { StateLabel } from '../StateLabel';

const cardStates: Record<BudgetState, CardState> = {
  'on-track': 'ok',
  'at-risk': 'needs-attention',
  over: 'needs-attention',
  'cannot-tell': 'cannot-tell',
};

/** How budgets stand, in words. */
export const budgetLabels: Record<BudgetState, string> = {
  'on-track': 'On track',
  'at-risk': 'At risk',
  over: 'Over',
  'cannot-tell': 'Can’t tell',
};

/** How a budget stands, in a word. */
export function BudgetLabel({ state }: { state: BudgetState }) {
  return <StateLabel state={cardStates[state]} label={budgetLabels[state]} />;
}
