export { startGitHosts } from './startGitHosts';
export type {
  GitCommitSeed,
  GitHosts,
  GitHostsOptions,
  GitRepositorySeed,
  GitTeam,
  GitUser,
} from './types';
