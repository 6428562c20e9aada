export * from './AuthorizedStatusService';
export * from './DefaultStatusService';
export * from './StatusService';
export * from './RecentStatuses';
