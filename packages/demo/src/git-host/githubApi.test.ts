import { Octokit } from '@octokit/rest';
import { GitHosts } from './types';
import { startTestHosts } from './fixtures';

const repository = { owner: 'acme', repo: 'shop' };

describe('the GitHub host through @octokit/rest', () => {
  let hosts: GitHosts;
  let octokit: Octokit;

  const connect = (auth?: string) =>
    new Octokit({
      auth,
      baseUrl: `${hosts.githubUrl}/api/v3`,
      log: {
        debug: () => {},
        info: () => {},
        warn: () => {},
        error: () => {},
      },
    });

  beforeAll(async () => {
    hosts = await startTestHosts();
    octokit = connect('bot-token');
  });

  afterAll(() => hosts.stop());

  async function commitOnBranch(
    branch: string,
    files: Record<string, string>,
    options: { update?: boolean; onto?: string } = {},
  ): Promise<string> {
    const main = await octokit.git.getRef({
      ...repository,
      ref: `heads/${options.onto ?? 'main'}`,
    });
    const parent = await octokit.git.getCommit({
      ...repository,
      commit_sha: main.data.object.sha,
    });
    const entries = await Promise.all(
      Object.entries(files).map(async ([path, content]) => {
        const blob = await octokit.git.createBlob({ ...repository, content });
        return {
          path,
          mode: '100644' as const,
          type: 'blob' as const,
          sha: blob.data.sha,
        };
      }),
    );
    const tree = await octokit.git.createTree({
      ...repository,
      base_tree: parent.data.tree.sha,
      tree: entries,
    });
    const commit = await octokit.git.createCommit({
      ...repository,
      message: `Change ${Object.keys(files).join(', ')}`,
      tree: tree.data.sha,
      parents: [parent.data.sha],
    });
    if (options.update) {
      await octokit.git.updateRef({
        ...repository,
        ref: `heads/${branch}`,
        sha: commit.data.sha,
        force: true,
      });
    } else {
      await octokit.git.createRef({
        ...repository,
        ref: `refs/heads/${branch}`,
        sha: commit.data.sha,
      });
    }
    return commit.data.sha;
  }

  async function openPull(branch: string) {
    const pull = await octokit.pulls.create({
      ...repository,
      title: `Merge ${branch}`,
      head: branch,
      base: 'main',
    });
    return pull.data;
  }

  it('takes a pull request from a branch to its close', async () => {
    const sha = await commitOnBranch('plumb/memory', {
      'services/cart/main.tf': 'locals {\n  memory = 1024\n}\n',
    });
    const pull = await openPull('plumb/memory');
    const number = { ...repository, pull_number: pull.number };
    const issue = { ...repository, issue_number: pull.number };
    expect(pull).toMatchObject({ state: 'open', head: { sha } });

    await octokit.issues.addLabels({ ...issue, labels: ['cost'] });
    const reviewers = await octokit.pulls.requestReviewers({
      ...number,
      reviewers: ['priya'],
      team_reviewers: ['platform'],
    });
    expect(reviewers.status).toBe(201);
    await octokit.issues.createComment({ ...issue, body: 'Why: less to pay' });
    await octokit.checks.create({
      ...repository,
      name: 'policy',
      head_sha: sha,
      status: 'completed',
      conclusion: 'success',
    });

    const files = await octokit.pulls.listFiles(number);
    expect(files.data).toEqual([
      expect.objectContaining({
        filename: 'services/cart/main.tf',
        status: 'modified',
        additions: 1,
        deletions: 1,
        patch: expect.stringContaining('+  memory = 1024'),
      }),
    ]);
    const shown = await octokit.pulls.get(number);
    expect(shown.data).toMatchObject({
      commits: 1,
      changed_files: 1,
      additions: 1,
      deletions: 1,
      mergeable: true,
      labels: [{ name: 'cost' }],
      requested_reviewers: [{ login: 'priya' }],
      requested_teams: [{ slug: 'platform' }],
    });

    const closed = await octokit.pulls.update({ ...number, state: 'closed' });
    expect(closed.data).toMatchObject({ state: 'closed', merged: false });
  });

  it('refuses a second pull request for the same branches', async () => {
    await commitOnBranch('plumb/twice', { 'a.txt': 'a\n' });
    await openPull('plumb/twice');
    await expect(openPull('plumb/twice')).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining(
        'A pull request already exists for acme:plumb/twice.',
      ),
    });
  });

  it('refuses a pull request from a branch that is not there or changes nothing', async () => {
    await expect(openPull('plumb/nowhere')).rejects.toMatchObject({
      status: 422,
    });
    const main = await octokit.git.getRef({ ...repository, ref: 'heads/main' });
    await octokit.git.createRef({
      ...repository,
      ref: 'refs/heads/plumb/same',
      sha: main.data.object.sha,
    });
    await expect(openPull('plumb/same')).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('No commits between'),
    });
  });

  it('moves a pull request when its branch moves, and keeps its end', async () => {
    await commitOnBranch('plumb/moves', { 'm.txt': 'one\n' });
    const { number } = await openPull('plumb/moves');
    const sha = await commitOnBranch(
      'plumb/moves',
      { 'm.txt': 'two\n', 'n.txt': 'new\n' },
      { update: true },
    );
    const shown = await octokit.pulls.get({
      ...repository,
      pull_number: number,
    });
    expect(shown.data).toMatchObject({ head: { sha }, changed_files: 2 });

    await octokit.git.deleteRef({ ...repository, ref: 'heads/plumb/moves' });
    const closed = await octokit.pulls.get({
      ...repository,
      pull_number: number,
    });
    expect(closed.data).toMatchObject({ state: 'closed', head: { sha } });
  });

  it('merges both sides', async () => {
    await commitOnBranch('plumb/merge', { 'ours.txt': 'ours\n' });
    const { number } = await openPull('plumb/merge');
    const before = await commitOnBranch(
      'main',
      { 'theirs.txt': 'theirs\n' },
      { update: true },
    );
    const merged = await octokit.pulls.merge({
      ...repository,
      pull_number: number,
    });
    const main = await octokit.repos.getCommit({ ...repository, ref: 'main' });
    expect(main.data.sha).toBe(merged.data.sha);
    expect(main.data.parents).toHaveLength(2);
    expect(main.data.parents[0].sha).toBe(before);
    for (const path of ['ours.txt', 'theirs.txt']) {
      const content = await octokit.repos.getContent({ ...repository, path });
      expect(content.status).toBe(200);
    }
    const shown = await octokit.pulls.get({
      ...repository,
      pull_number: number,
    });
    expect(shown.data).toMatchObject({
      merged: true,
      merge_commit_sha: merged.data.sha,
      changed_files: 1,
    });
  });

  it('refuses to merge what conflicts', async () => {
    await commitOnBranch('plumb/conflict', { 'README.md': 'theirs\n' });
    const { number } = await openPull('plumb/conflict');
    await commitOnBranch('main', { 'README.md': 'ours\n' }, { update: true });
    const shown = await octokit.pulls.get({
      ...repository,
      pull_number: number,
    });
    expect(shown.data.mergeable).toBe(false);
    await expect(
      octokit.pulls.merge({ ...repository, pull_number: number }),
    ).rejects.toMatchObject({ status: 405 });
  });

  it('keeps commit statuses and combines the newest of each', async () => {
    const sha = await commitOnBranch('plumb/status', { 's.txt': 's\n' });
    const set = (context: string, state: 'success' | 'failure') =>
      octokit.repos.createCommitStatus({ ...repository, sha, context, state });
    const combined = async () => {
      const answer = await octokit.repos.getCombinedStatusForRef({
        ...repository,
        ref: 'plumb/status',
      });
      return answer.data;
    };
    expect(await combined()).toMatchObject({ state: 'pending', sha });
    await set('build', 'failure');
    await set('test', 'success');
    expect(await combined()).toMatchObject({
      state: 'failure',
      total_count: 2,
    });
    await set('build', 'success');
    expect(await combined()).toMatchObject({ state: 'success' });
  });

  it('answers an unknown token with 401, everywhere', async () => {
    const stranger = connect('no-such-token');
    await expect(stranger.users.getAuthenticated()).rejects.toMatchObject({
      status: 401,
    });
    await expect(stranger.repos.get(repository)).rejects.toMatchObject({
      status: 401,
    });
    const me = await octokit.users.getAuthenticated();
    expect(me.data.login).toBe('bot');
  });

  it('lets a reader read but not write, and hides what is private', async () => {
    const reader = connect('priya-token');
    await expect(
      reader.git.createBlob({ ...repository, content: 'x' }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      connect().repos.get({ owner: 'acme', repo: 'secret' }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('answers 304 until something is written', async () => {
    const read = (etag?: string) =>
      octokit.repos.getContent({
        ...repository,
        path: 'catalog-info.yaml',
        headers: { 'if-none-match': etag },
      });
    const first = await read();
    const etag = String(first.headers.etag);
    await expect(read(etag)).rejects.toMatchObject({ status: 304 });
    await commitOnBranch(
      'main',
      { 'catalog-info.yaml': 'kind: System\n' },
      { update: true },
    );
    const second = await read(etag);
    expect(second.headers.etag).not.toBe(etag);
  });

  it('gives links that lead back to itself', async () => {
    const { data } = await octokit.repos.get(repository);
    expect(data.html_url).toBe(`${hosts.githubUrl}/acme/shop`);
    expect(data.url).toBe(`${hosts.githubUrl}/api/v3/repos/acme/shop`);
    expect(data.clone_url).toBe(`${hosts.githubUrl}/acme/shop.git`);
    const page = await octokit.pulls.list({
      ...repository,
      state: 'all',
      per_page: 1,
    });
    expect(page.headers.link).toContain(`<${hosts.githubUrl}/api/v3/repos`);
  });
});
