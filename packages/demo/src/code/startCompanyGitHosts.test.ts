import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Octokit } from '@octokit/rest';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { parse, parseAllDocuments } from 'yaml';
import { catalogRootUrl, company } from '../company';
import { GitHosts } from '../git-host';
import { startCompanyGitHosts } from './startCompanyGitHosts';

const run = promisify(execFile);

jest.setTimeout(60_000);

describe("the company's Git hosts", () => {
  let hosts: GitHosts;

  beforeAll(async () => {
    hosts = await startCompanyGitHosts({
      githubPort: 0,
      giteaPort: 0,
      endDate: '2026-06-30',
    });
  });

  afterAll(() => hosts.stop());

  it('lead Backstage from the root of the catalog to every entity', async () => {
    const reader = UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: new ConfigReader({
        integrations: {
          github: [
            {
              host: new URL(hosts.githubUrl).host,
              apiBaseUrl: `${hosts.githubUrl}/api/v3`,
              rawBaseUrl: `${hosts.githubUrl}/raw`,
              token: 'demo-portal-token',
            },
          ],
          gitea: [
            { host: new URL(hosts.giteaUrl).host, baseUrl: hosts.giteaUrl },
          ],
        },
      }),
    });
    const read = async (url: string) => {
      const response = await reader.readUrl(url);
      return (await response.buffer()).toString('utf8');
    };
    const root = catalogRootUrl(hosts);
    const { spec } = parse(await read(root));
    const targets: string[] = spec.targets.map((target: string) =>
      new URL(target, root).toString(),
    );
    const texts = await Promise.all(targets.map(read));
    const names = texts
      .flatMap(text => parseAllDocuments(text))
      .map(document => String(document.getIn(['metadata', 'name'])));
    expect(names).toEqual(
      expect.arrayContaining(company.entities.map(({ name }) => name)),
    );
    expect(targets.some(url => url.startsWith(hosts.giteaUrl))).toBe(true);
  });

  it('hold repositories that git clones and finds sound', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'company-clones-'));
    try {
      for (const { host, owner, name } of company.repositories) {
        const base = host === 'github' ? hosts.githubUrl : hosts.giteaUrl;
        const clone = join(dir, name);
        await run('git', [
          'clone',
          '-q',
          `${base}/${owner}/${name}.git`,
          clone,
        ]);
        await run('git', ['-C', clone, 'fsck', '--full', '--strict']);
        const readme = await readFile(join(clone, 'README.md'), 'utf8');
        expect(readme).toMatch(/^# /);
      }
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('let the portal propose a change and ask the owning team', async () => {
    const octokit = new Octokit({
      auth: 'demo-portal-token',
      baseUrl: `${hosts.githubUrl}/api/v3`,
    });
    const repository = { owner: company.slug, repo: 'payments-api' };
    const path = 'template.yaml';
    const main = await octokit.git.getRef({ ...repository, ref: 'heads/main' });
    await octokit.git.createRef({
      ...repository,
      ref: 'refs/heads/plumbline/memory',
      sha: main.data.object.sha,
    });
    const file = await octokit.repos.getContent({
      ...repository,
      path,
      mediaType: { format: 'raw' },
    });
    const { data: entry } = await octokit.repos.getContent({
      ...repository,
      path,
    });
    await octokit.repos.createOrUpdateFileContents({
      ...repository,
      path,
      branch: 'plumbline/memory',
      message: 'Take back the memory that nothing uses',
      sha: 'sha' in entry ? entry.sha : undefined,
      content: Buffer.from(
        String(file.data).replace('MemorySize: 1024', 'MemorySize: 512'),
      ).toString('base64'),
    });
    const pull = await octokit.pulls.create({
      ...repository,
      title: 'Take back the memory that nothing uses',
      head: 'plumbline/memory',
      base: 'main',
    });
    const asked = await octokit.pulls.requestReviewers({
      ...repository,
      pull_number: pull.data.number,
      team_reviewers: ['payments'],
    });
    expect(asked.data.requested_teams).toEqual([
      expect.objectContaining({ slug: 'payments' }),
    ]);
    const files = await octokit.pulls.listFiles({
      ...repository,
      pull_number: pull.data.number,
    });
    expect(files.data[0].patch).toContain('+      MemorySize: 512');
  });
});
