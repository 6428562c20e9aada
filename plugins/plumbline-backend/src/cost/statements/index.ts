export * from './AuthorizedStatementService';
export * from './ClosedMonths';
export * from './ClosingCalendar';
export * from './DefaultStatementService';
export type * from './StatementService';
export * from './StatementsTask';
