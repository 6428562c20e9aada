export * from './useBindings';
export * from './useCall';
export * from './useCosts';
export * from './useEntityRef';
export * from './useOverview';
export * from './usePortfolio';
export * from './useSteadyHeight';
export * from './useTabPath';
