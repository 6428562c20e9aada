import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Octokit } from '@octokit/rest';
import { startTestHosts, testRepositories } from './fixtures';
import { startGitHosts } from './startGitHosts';
import { GitHosts } from './types';

const run = promisify(execFile);

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd,
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    },
  });
  return stdout.trim();
}

function withToken(url: string, token: string): string {
  return url.replace('http://', `http://x-access-token:${token}@`);
}

describe('git against the hosts', () => {
  let hosts: GitHosts;
  let dir: string;

  beforeAll(async () => {
    hosts = await startTestHosts();
    dir = await mkdtemp(join(tmpdir(), 'git-host-test-'));
  });

  afterAll(async () => {
    await hosts.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('clones a sound repository with its history', async () => {
    await git(dir, 'clone', '-q', `${hosts.githubUrl}/acme/shop.git`, 'shop');
    const shop = join(dir, 'shop');
    await git(shop, 'fsck', '--full', '--strict');
    expect(await git(shop, 'log', '--format=%s|%an|%aI')).toBe(
      [
        'Add a script, drop what is old|Priya Nair|2026-02-01T10:30:00+00:00',
        'Begin the shop|Priya Nair|2026-01-05T09:00:00+00:00',
      ].join('\n'),
    );
    expect(await git(shop, 'status', '--short')).toBe('');
    expect(await readdir(shop)).not.toContain('old.txt');
    const script = await stat(join(shop, 'scripts/build.sh'));
    expect(script.mode % 0o1000).toBe(0o755);
  });

  it('fetches what came by the API since', async () => {
    const clone = join(dir, 'fetches');
    await git(dir, 'clone', '-q', `${hosts.githubUrl}/acme/shop`, clone);
    const octokit = new Octokit({
      auth: 'bot-token',
      baseUrl: `${hosts.githubUrl}/api/v3`,
    });
    const repository = { owner: 'acme', repo: 'shop' };
    const main = await octokit.git.getRef({ ...repository, ref: 'heads/main' });
    await octokit.git.createRef({
      ...repository,
      ref: 'refs/heads/plumb/new',
      sha: main.data.object.sha,
    });
    await octokit.repos.createOrUpdateFileContents({
      ...repository,
      path: 'new.txt',
      branch: 'plumb/new',
      message: 'Add new.txt',
      content: Buffer.from('new\n').toString('base64'),
    });
    await git(clone, 'fetch', '-q', 'origin');
    await git(clone, 'checkout', '-q', 'plumb/new');
    expect(await readFile(join(clone, 'new.txt'), 'utf8')).toBe('new\n');
    await octokit.git.deleteRef({ ...repository, ref: 'heads/plumb/new' });
    await git(clone, 'fetch', '-q', '--prune', 'origin');
    expect(await git(clone, 'branch', '-r')).not.toContain('plumb/new');
  });

  it('clones what is private for those it knows', async () => {
    const url = `${hosts.githubUrl}/acme/secret.git`;
    await git(dir, 'clone', '-q', withToken(url, 'priya-token'), 'secret');
    await expect(git(dir, 'clone', '-q', url, 'no-one')).rejects.toThrow();
    await expect(
      git(dir, 'clone', '-q', withToken(url, 'wrong'), 'wrong'),
    ).rejects.toThrow();
  });

  it('takes no push', async () => {
    const clone = join(dir, 'pushes');
    const url = withToken(`${hosts.githubUrl}/acme/shop.git`, 'bot-token');
    await git(dir, 'clone', '-q', url, clone);
    await expect(
      git(clone, 'push', 'origin', 'HEAD:refs/heads/by-push'),
    ).rejects.toThrow('403');
  });

  it('clones from the second host', async () => {
    await git(dir, 'clone', '-q', `${hosts.giteaUrl}/parts/printer.git`);
    await git(join(dir, 'printer'), 'fsck', '--full', '--strict');
    expect(await readFile(join(dir, 'printer/src/main.py'), 'utf8')).toBe(
      'print("label")\n',
    );
  });
});

describe('starting and stopping', () => {
  let ownTmp: string;

  // A temporary folder of our own: nobody else's files come and go in it.
  beforeEach(async () => {
    ownTmp = await mkdtemp(join(tmpdir(), 'git-host-test-'));
  });

  afterEach(async () => {
    await rm(ownTmp, { recursive: true, force: true });
  });

  async function heads(hosts: GitHosts): Promise<string> {
    return Promise.all(
      testRepositories.map(({ host, owner, name }) => {
        const url = host === 'github' ? hosts.githubUrl : hosts.giteaUrl;
        return git(
          tmpdir(),
          'ls-remote',
          `${withToken(url, 'bot-token')}/${owner}/${name}.git`,
          'HEAD',
        );
      }),
    ).then(lines => lines.join('\n'));
  }

  it('gives the same SHAs at every start, and leaves nothing behind', async () => {
    const first = await startTestHosts(ownTmp);
    const firstHeads = await heads(first);
    expect(await readdir(ownTmp)).toHaveLength(1);
    await first.stop();
    const second = await startTestHosts(ownTmp);
    const secondHeads = await heads(second);
    await second.stop();
    expect(firstHeads.split('\n')).toHaveLength(testRepositories.length);
    expect(secondHeads).toBe(firstHeads);
    expect(await readdir(ownTmp)).toEqual([]);
    await expect(fetch(`${first.githubUrl}/api/v3/meta`)).rejects.toThrow();
    await expect(fetch(`${first.giteaUrl}/api/v1/version`)).rejects.toThrow();
  });

  it('says which port is taken, and leaves nothing behind', async () => {
    const taken = createServer();
    await new Promise<void>(resolve => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as AddressInfo;
    await expect(
      startGitHosts({
        githubPort: 0,
        giteaPort: port,
        workDir: ownTmp,
        repositories: testRepositories,
        users: [],
        tokens: {},
      }),
    ).rejects.toThrow(`127.0.0.1:${port}`);
    await new Promise(resolve => {
      taken.close(resolve);
    });
    expect(await readdir(ownTmp)).toEqual([]);
  });
});
