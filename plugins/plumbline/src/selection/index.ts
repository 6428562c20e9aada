export * from './costQuery';
export * from './costSelection';
export * from './useCostSelection';
export * from './portfolioSelection';
export * from './usePortfolioSelection';
