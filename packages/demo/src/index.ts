export * from './billing';
export * from './company';
export * from './portal';
export * from './scenarios';
