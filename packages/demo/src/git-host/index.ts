export { startGitHosts } from './startGitHosts';
export type {
  GitCommitSeed,
  GitHostAddresses,
  GitHosts,
  GitHostsOptions,
  GitRepositorySeed,
  GitTeam,
  GitUser,
} from './types';
