import { GitHostsOptions, GitRepositorySeed } from '../types';
import { Upstream } from './Upstream';

/** Fills the emulator's empty repositories, and gives people their rights. */
export async function seedGithub(
  upstream: Upstream,
  options: Pick<GitHostsOptions, 'users' | 'teams'> & {
    repositories: GitRepositorySeed[];
  },
): Promise<void> {
  const { repositories } = options;
  await Promise.all([
    ...repositories.map(repository => seedHistory(upstream, repository)),
    ...repositories.flatMap(repository =>
      options.users
        .filter(user => user.access === 'write')
        .map(user =>
          upstream.ask(
            'PUT',
            `/repos/${repository.owner}/${repository.name}/collaborators/${user.login}`,
            { permission: 'push' },
          ),
        ),
    ),
  ]);
  for (const owner of new Set(repositories.map(r => r.owner))) {
    for (const team of options.teams ?? []) {
      await upstream.ask('POST', `/orgs/${owner}/teams`, { name: team.slug });
      for (const login of team.members) {
        await upstream.ask(
          'PUT',
          `/orgs/${owner}/teams/${team.slug}/memberships/${login}`,
          { role: 'member' },
        );
      }
    }
  }
}

async function seedHistory(
  upstream: Upstream,
  repository: GitRepositorySeed,
): Promise<void> {
  const base = `/repos/${repository.owner}/${repository.name}/git`;
  const executable = new Set<string>();
  let tree: string | undefined;
  let head: string | undefined;
  for (const commit of repository.commits) {
    commit.executable?.forEach(path => executable.add(path));
    const created = await upstream.ask<{ sha: string }>(
      'POST',
      `${base}/trees`,
      {
        base_tree: tree,
        tree: Object.entries(commit.files).map(([path, content]) => ({
          path,
          mode: executable.has(path) ? '100755' : '100644',
          type: 'blob',
          ...(content === undefined ? { sha: null } : { content }),
        })),
      },
    );
    tree = created.sha;
    const author = { ...commit.author, date: commit.date };
    const written = await upstream.ask<{ sha: string }>(
      'POST',
      `${base}/commits`,
      {
        message: commit.message,
        tree,
        parents: head ? [head] : [],
        author,
        committer: author,
      },
    );
    head = written.sha;
  }
  await upstream.ask('POST', `${base}/refs`, {
    ref: `refs/heads/${repository.defaultBranch ?? 'main'}`,
    sha: head,
  });
}
