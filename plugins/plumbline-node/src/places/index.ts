export * from './Place';
export * from './readPlace';
