export * from './databases';
export * from './engine';
export * from './report';
export * from './quietLogger';
