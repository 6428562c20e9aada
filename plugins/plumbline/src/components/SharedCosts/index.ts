export * from './describeShares';
export * from './SharedCosts';
export * from './SharedLines';
