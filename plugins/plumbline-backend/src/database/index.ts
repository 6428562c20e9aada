export * from './costTables';
export * from './days';
export * from './Dialect';
export * from './dialectOf';
export * from './migrations';
export * from './money';
export * from './PlumblineDatabase';
export * from './usageTables';
