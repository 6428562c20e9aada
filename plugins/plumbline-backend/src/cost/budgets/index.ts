export * from './AuthorizedBudgetService';
export * from './BudgetEvaluator';
export * from './BudgetService';
export * from './budgetsCursor';
export * from './BudgetStore';
export * from './BudgetTask';
export * from './forCaller';
export * from './readBudgets';
