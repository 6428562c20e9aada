export * from './AuthorizedCostService';
export * from './CostService';
export * from './DefaultCostService';
export { hasCosts, isRollup } from './CountedEntities';
