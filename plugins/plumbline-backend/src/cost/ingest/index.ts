export * from './CostSink';
export { resourceKey } from './DimensionStore';
