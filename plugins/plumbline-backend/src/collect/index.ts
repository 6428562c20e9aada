export * from './CollectionRunner';
export * from './CollectionStore';
export * from './Feed';
export * from './Janitor';
export * from './Lease';
export * from './SourceControl';
export * from './SourceDetailsStore';
