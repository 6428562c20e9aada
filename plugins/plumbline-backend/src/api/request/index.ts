export * from './parseBindingsPage';
export * from './parseCostQuery';
export * from './parseCoverageQuery';
export * from './parseOverviewsBody';
export * from './parsePathEntity';
