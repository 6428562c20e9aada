import { GitHosts, GitRepositorySeed } from './types';
import { startGitHosts } from './startGitHosts';

const author = { name: 'Priya Nair', email: 'priya.nair@example.com' };

/** Two repositories on the first host and one on the second, for tests. */
export const testRepositories: GitRepositorySeed[] = [
  {
    host: 'github',
    owner: 'acme',
    name: 'shop',
    description: 'The shop',
    commits: [
      {
        message: 'Begin the shop',
        author,
        date: '2026-01-05T09:00:00Z',
        files: {
          'README.md': '# Shop\n',
          'catalog-info.yaml': 'kind: Component\n',
          'services/cart/catalog-info.yaml': 'kind: Component # cart\n',
          'services/cart/main.tf': 'locals {\n  memory = 512\n}\n',
          'services/pay/catalog-info.yaml': 'kind: Component # pay\n',
          'old.txt': 'gone soon\n',
        },
      },
      {
        message: 'Add a script, drop what is old',
        author,
        date: '2026-02-01T10:30:00Z',
        files: { 'scripts/build.sh': '#!/bin/sh\n', 'old.txt': undefined },
        executable: ['scripts/build.sh'],
      },
    ],
  },
  {
    host: 'github',
    owner: 'acme',
    name: 'secret',
    private: true,
    commits: [
      {
        message: 'Begin',
        author,
        date: '2026-01-05T09:00:00Z',
        files: { 'README.md': 'hidden\n' },
      },
    ],
  },
  {
    host: 'gitea',
    owner: 'parts',
    name: 'printer',
    commits: [
      {
        message: 'Begin the printer',
        author,
        date: '2026-01-07T08:00:00Z',
        files: {
          'catalog-info.yaml': 'kind: Component\n',
          'src/main.py': 'print("label")\n',
        },
      },
    ],
  },
];

/** Starts both hosts with the test repositories, on any free ports. */
export async function startTestHosts(workDir?: string): Promise<GitHosts> {
  return startGitHosts({
    workDir,
    githubPort: 0,
    giteaPort: 0,
    repositories: testRepositories,
    users: [
      {
        login: 'bot',
        name: 'Bot',
        email: 'bot@example.com',
        access: 'write',
      },
      { login: 'priya', name: 'Priya', email: 'priya@example.com' },
    ],
    teams: [{ slug: 'platform', members: ['priya'] }],
    tokens: { 'bot-token': 'bot', 'priya-token': 'priya' },
  });
}
