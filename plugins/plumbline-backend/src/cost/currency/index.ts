export * from './convertCosts';
export * from './convertHeadline';
export * from './Converter';
export * from './Converters';
export * from './RatesStatusReader';
export * from './RatesTask';
export * from './readCurrency';
export type { CurrencyConfig } from './types';
