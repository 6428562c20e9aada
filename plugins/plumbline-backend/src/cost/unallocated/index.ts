export * from './AuthorizedUnallocatedService';
export * from './DefaultUnallocatedService';
export * from './tagFilter';
export * from './UnallocatedService';
