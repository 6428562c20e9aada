export * from './describeShares';
export * from './SharedCosts';
