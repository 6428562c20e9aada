/**
 * One commit of a seeded repository, on top of the one before it.
 *
 * The same author, date, message and files give the same SHA at every start.
 */
export interface GitCommitSeed {
  message: string;
  author: { name: string; email: string };
  /** UTC instant, ISO 8601, whole seconds. */
  date: string;
  /** Contents by path; `undefined` removes the path. Paths not named stay as they are. */
  files: Record<string, string | undefined>;
  /** Paths, among those named by any commit so far, that are executable. */
  executable?: string[];
}

/** A repository with its history on the default branch, oldest commit first. */
export interface GitRepositorySeed {
  /** Which of the two hosts holds it. */
  host: 'github' | 'gitea';
  owner: string;
  name: string;
  description?: string;
  private?: boolean;
  /** Default `main`. */
  defaultBranch?: string;
  commits: GitCommitSeed[];
}

/** A person or bot that has an account on the hosts. */
export interface GitUser {
  login: string;
  name: string;
  email: string;
  /** What the account may do in every repository. Default `read`. */
  access?: 'read' | 'write' | 'admin';
}

/** A team that can be asked for a review; made in every organisation. */
export interface GitTeam {
  slug: string;
  members: string[];
}

/** What {@link startGitHosts} needs. */
export interface GitHostsOptions {
  /** Default 7017; 0 takes any free port. */
  githubPort?: number;
  /** Default 7018; 0 takes any free port. */
  giteaPort?: number;
  /** The address listened on. Default 127.0.0.1. */
  host?: string;
  /** Folder for what is kept while the hosts run. Default the system's temporary folder. */
  workDir?: string;
  /** What they hold; made from their addresses where files name these. */
  repositories:
    | GitRepositorySeed[]
    | ((urls: GitHostAddresses) => GitRepositorySeed[]);
  users: GitUser[];
  teams?: GitTeam[];
  /** Login by access token. Any other token is answered with 401. */
  tokens: Record<string, string>;
}

/** Where the hosts answer, without slashes at the end. */
export interface GitHostAddresses {
  /** For example `http://localhost:7017`; its API is at `/api/v3`, raw files at `/raw`. */
  githubUrl: string;
  /** For example `http://localhost:7018`; its API is at `/api/v1`. */
  giteaUrl: string;
}

/** The started hosts. */
export interface GitHosts extends GitHostAddresses {
  /** Closes both servers and removes everything they kept. */
  stop(): Promise<void>;
}
