export * from './parseBindingsPage';
export * from './parseCostQuery';
export * from './parseOverviewsBody';
export * from './parsePathEntity';
