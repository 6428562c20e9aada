export * from './conditions';
export * from './policies';
export * from './resource';
