export { companyRepositories } from './companyRepositories';
export type { HistoryOptions } from './companyRepositories';
