export * from './AuthorizedStatementService';
export * from './ClosedMonths';
export * from './ClosingCalendar';
export * from './DefaultStatementService';
export * from './MonthCloser';
export * from './Restater';
export type * from './StatementService';
export * from './StatementsTask';
