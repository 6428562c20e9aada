import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  BudgetsPage,
  BudgetState,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';

/** Which budgets to list, checked and filled in. @internal */
export interface ParsedBudgetsQuery {
  entityRef?: EntityRef;
  state?: BudgetState;
  after?: { entityRef: string; id: string };
  limit: number;
}

/** @internal */
export interface BudgetsRequest {
  query: ParsedBudgetsQuery;
  credentials: BackstageCredentials;
}

/** Budgets, and how they stand. @internal */
export interface BudgetService {
  listBudgets(request: BudgetsRequest): Promise<BudgetsPage>;
}
