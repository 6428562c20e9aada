import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BareRepository } from './git/BareRepository';
import { writeHistory } from './git/writeHistory';
import { createGiteaApp } from './gitea/createGiteaApp';
import { createGithubApp } from './github/createGithubApp';
import { GithubMirror } from './github/GithubMirror';
import { GithubProxy } from './github/GithubProxy';
import { PullRequests } from './github/PullRequests';
import { seedGithub } from './github/seedGithub';
import { Tokens } from './github/Tokens';
import { Upstream } from './github/Upstream';
import { listen, ListeningServer } from './http';
import { GitHosts, GitHostsOptions, GitRepositorySeed } from './types';

type Stop = () => Promise<void>;

/** A host that listens, and what it is to be filled with. */
interface Site {
  server: ListeningServer;
  url: string;
  /** Folder for its bare repositories. */
  root: string;
  repositories: GitRepositorySeed[];
}

/**
 * Starts a host that behaves as GitHub does and one that behaves as Gitea does,
 * both filled with the repositories given.
 *
 * Everything is new at every start; the same repositories get the same SHAs.
 *
 * @throws Error that names the port when one is taken.
 */
export async function startGitHosts(
  options: GitHostsOptions,
): Promise<GitHosts> {
  const stops: Stop[] = [];
  const stop = async () => {
    // Last started, first stopped.
    const errors: unknown[] = [];
    for (const stopOne of stops.splice(0).reverse()) {
      await stopOne().catch(error => errors.push(error));
    }
    if (errors.length > 0) {
      throw new AggregateError(errors, 'The Git hosts did not stop cleanly');
    }
  };
  const open = async (name: string, port: number) => {
    const host = options.host ?? '127.0.0.1';
    const server = await listen({ name, port, host });
    stops.push(server.stop);
    return { server, url: `http://localhost:${server.port}` };
  };
  try {
    const root = await mkdtemp(join(options.workDir ?? tmpdir(), 'git-hosts-'));
    stops.push(() => rm(root, { recursive: true, force: true }));
    const github = await open('GitHub host', options.githubPort ?? 7017);
    const gitea = await open('Gitea host', options.giteaPort ?? 7018);
    const urls = { githubUrl: github.url, giteaUrl: gitea.url };
    const repositories =
      typeof options.repositories === 'function'
        ? options.repositories(urls)
        : options.repositories;
    const of = (kind: GitRepositorySeed['host']) =>
      repositories.filter(({ host }) => host === kind);

    await Promise.all([
      fillGithub(
        { ...github, root: join(root, 'github'), repositories: of('github') },
        options,
        stops,
      ),
      fillGitea(
        { ...gitea, root: join(root, 'gitea'), repositories: of('gitea') },
        options,
      ),
    ]);
    return { ...urls, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fillGithub(
  { server, url, root, repositories }: Site,
  options: GitHostsOptions,
  stops: Stop[],
): Promise<void> {
  const upstream = await Upstream.start({ ...options, repositories });
  stops.push(() => upstream.stop());
  await seedGithub(upstream, { ...options, repositories });
  const mirror = new GithubMirror(root, upstream);
  server.serve(
    createGithubApp({
      proxy: new GithubProxy(upstream, url),
      mirror,
      pulls: new PullRequests(upstream, mirror),
      tokens: new Tokens(Object.keys(options.tokens)),
    }),
  );
}

async function fillGitea(
  { server, url, root, repositories }: Site,
  options: GitHostsOptions,
): Promise<void> {
  await Promise.all(
    repositories.map(async seed => {
      const dir = join(root, seed.owner, `${seed.name}.git`);
      const branch = seed.defaultBranch ?? 'main';
      await writeHistory(await BareRepository.create(dir, branch), seed);
    }),
  );
  server.serve(
    createGiteaApp({
      root,
      baseUrl: url,
      repositories,
      tokens: new Set(Object.keys(options.tokens)),
    }),
  );
}
