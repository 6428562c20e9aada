import { GitHosts, startGitHosts } from '../git-host';
import { gitTeams, gitTokens, gitUsers } from './accounts';
import { companyRepositories } from './companyRepositories';

/** Where the company's Git hosts listen, and the day that their history leads up to. */
export interface CompanyGitHostsOptions {
  /** Default 7017; 0 takes any free port. */
  githubPort?: number;
  /** Default 7018; 0 takes any free port. */
  giteaPort?: number;
  /** Day 0 of the scenarios, as YYYY-MM-DD. Default yesterday, as for the billing export. */
  endDate?: string;
}

/**
 * Starts the company's two Git hosts, filled with its repositories.
 *
 * @throws Error that names the port when one is taken.
 */
export async function startCompanyGitHosts(
  options: CompanyGitHostsOptions = {},
): Promise<GitHosts> {
  const endDate = options.endDate ?? yesterday();
  return startGitHosts({
    githubPort: options.githubPort,
    giteaPort: options.giteaPort,
    repositories: urls => companyRepositories({ urls, endDate }),
    users: [...gitUsers],
    teams: [...gitTeams],
    tokens: { ...gitTokens },
  });
}

function yesterday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
