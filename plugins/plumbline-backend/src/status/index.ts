export * from './AuthorizedStatusService';
export * from './CatalogStatusStore';
export * from './DefaultStatusService';
export * from './OfDomain';
export * from './StatusService';
export * from './RecentStatuses';
