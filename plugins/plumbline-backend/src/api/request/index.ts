export * from './parseBindingsPage';
export * from './parseBudgetsQuery';
export * from './parseChargesQuery';
export * from './parseCostQuery';
export * from './parseCoverageQuery';
export * from './parseOverviewsBody';
export * from './parsePathEntity';
export * from './parseStatements';
