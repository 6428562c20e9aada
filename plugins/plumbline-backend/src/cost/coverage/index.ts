export * from './AccountCoverageStore';
export * from './AuthorizedCoverageService';
export * from './CoverageService';
export * from './CoverageTask';
export * from './DefaultCoverageService';
