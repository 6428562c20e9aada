export * from './AuthorizedReconcileService';
export * from './DefaultReconcileService';
export * from './ReconcileService';
