export * from './api';
export * from './cards';
export * from './content';
