export * from './costQuery';
export * from './costSelection';
export * from './useCostSelection';
