import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
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
import { listen } from './http';
import { GitHosts, GitHostsOptions } from './types';

type Stop = () => Promise<void>;

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
    for (const stopOne of stops.splice(0).reverse()) {
      await stopOne();
    }
  };
  try {
    const root = await mkdtemp(join(tmpdir(), 'git-hosts-'));
    stops.push(() => rm(root, { recursive: true, force: true }));
    const [githubUrl, giteaUrl] = await Promise.all([
      startGithub(options, join(root, 'github'), stops),
      startGitea(options, join(root, 'gitea'), stops),
    ]);
    return { githubUrl, giteaUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startGithub(
  options: GitHostsOptions,
  root: string,
  stops: Stop[],
): Promise<string> {
  const upstream = await Upstream.start(options);
  stops.push(() => upstream.stop());
  await seedGithub(upstream, options);

  const outer = express();
  const server = await listen(outer, {
    name: 'GitHub host',
    port: options.githubPort ?? 7017,
    host: options.host ?? '127.0.0.1',
  });
  stops.push(server.stop);
  const url = `http://localhost:${server.port}`;
  const mirror = new GithubMirror(root, upstream);
  outer.use(
    createGithubApp({
      proxy: new GithubProxy(upstream, url),
      mirror,
      pulls: new PullRequests(upstream, mirror),
      tokens: new Tokens(Object.keys(options.tokens)),
    }),
  );
  return url;
}

async function startGitea(
  options: GitHostsOptions,
  root: string,
  stops: Stop[],
): Promise<string> {
  const repositories = options.repositories.filter(r => r.host === 'gitea');
  await Promise.all(
    repositories.map(async seed => {
      const dir = join(root, seed.owner, `${seed.name}.git`);
      const branch = seed.defaultBranch ?? 'main';
      await writeHistory(await BareRepository.create(dir, branch), seed);
    }),
  );
  const outer = express();
  const server = await listen(outer, {
    name: 'Gitea host',
    port: options.giteaPort ?? 7018,
    host: options.host ?? '127.0.0.1',
  });
  stops.push(server.stop);
  const url = `http://localhost:${server.port}`;
  outer.use(
    createGiteaApp({
      root,
      baseUrl: url,
      repositories,
      tokens: new Set(Object.keys(options.tokens)),
    }),
  );
  return url;
}
