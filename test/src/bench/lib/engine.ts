// The parts of the back end that suites run without a portal around them: the one place that reaches into it.
export {
  CollectionRunner,
  createFeed,
  Janitor,
} from '@plumbline/backstage-plugin-plumbline-backend/src/collect';
export { CostSink } from '@plumbline/backstage-plugin-plumbline-backend/src/cost/ingest';
export { EntityCostMaterializer } from '@plumbline/backstage-plugin-plumbline-backend/src/cost/materialise';
export {
  MonthCloser,
  Restater,
} from '@plumbline/backstage-plugin-plumbline-backend/src/cost/statements';
export {
  applyMigrations,
  PlumblineDatabase,
} from '@plumbline/backstage-plugin-plumbline-backend/src/database';
