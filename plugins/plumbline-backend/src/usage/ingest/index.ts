export * from './UsageSink';
