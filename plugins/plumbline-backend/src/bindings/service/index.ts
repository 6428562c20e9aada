export * from './AuthorizedBindingService';
export * from './BindingService';
