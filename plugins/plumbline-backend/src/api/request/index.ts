export * from './parseBindingsPage';
export * from './parseBudgetsQuery';
export * from './parseCostQuery';
export * from './parseCoverageQuery';
export * from './parseOverviewsBody';
export * from './parsePathEntity';
