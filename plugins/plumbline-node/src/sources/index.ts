export * from './BudgetExhaustedError';
export * from './CollectContext';
export * from './CostSource';
export * from './sourcesExtensionPoint';
export * from './UsageSource';
