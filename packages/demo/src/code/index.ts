export { gitTeams, gitTokens, gitUsers } from './accounts';
export { companyRepositories } from './companyRepositories';
export type { HistoryOptions } from './companyRepositories';
export { startCompanyGitHosts } from './startCompanyGitHosts';
export type { CompanyGitHostsOptions } from './startCompanyGitHosts';
