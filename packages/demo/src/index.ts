export * from './company';
export * from './portal';
