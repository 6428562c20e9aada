export * from './CollectionRunner';
export * from './Feed';
export * from './Lease';
