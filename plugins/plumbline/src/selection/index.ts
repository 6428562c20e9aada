export * from './costQuery';
export * from './costSelection';
export * from './useCostSelection';
export * from './portfolioSelection';
export * from './usePortfolioSelection';
export * from './figure';
export * from './useFigure';
