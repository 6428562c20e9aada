export * from './AuthorizedOverviewService';
export * from './DefaultOverviewService';
export * from './OverviewService';
