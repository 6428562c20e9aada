export * from './CatalogNames';
export * from './EntityAuthorizer';
export * from './EntityFilter';
export * from './EntityStore';
export * from './readBucketOwner';
export * from './readsEverything';
