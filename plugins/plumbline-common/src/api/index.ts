export * from './bindings';
export * from './budgets';
export * from './costs';
export * from './coverage';
export * from './headline';
export * from './status';
export * from './PlumblineApi';
export * from './PlumblineClient';
