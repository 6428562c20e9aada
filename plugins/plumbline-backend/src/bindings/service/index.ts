export * from './AuthorizedBindingService';
export * from './BindingService';
export * from './DefaultBindingService';
