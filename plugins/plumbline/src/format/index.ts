export * from './amount';
export * from './missing';
export * from './percent';
export * from './resource';
export * from './time';
export * from './words';
