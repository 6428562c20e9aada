export * from './bindingsRoutes';
export * from './budgetsRoutes';
export * from './chargesRoutes';
export * from './costsRoutes';
export * from './coverageRoutes';
export * from './overviewRoutes';
export * from './statementsRoutes';
export * from './statusRoutes';
export type { RouteServices } from './types';
