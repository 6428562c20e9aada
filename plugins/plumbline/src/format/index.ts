export * from './amount';
export * from './percent';
export * from './resource';
export * from './time';
export * from './words';
