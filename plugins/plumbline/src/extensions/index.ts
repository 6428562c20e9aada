export * from './api';
export * from './cards';
export * from './content';
export * from './page';
