export * from './Allocator';
export * from './BindingStore';
export * from './createBindings';
