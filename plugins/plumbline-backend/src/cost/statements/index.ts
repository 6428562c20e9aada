export * from './ClosedMonths';
