export * from './amount';
export * from './percent';
export * from './time';
export * from './words';
