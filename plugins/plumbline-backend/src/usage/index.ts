export * from './UsageStore';
