import { join } from 'node:path';
import express, { Express, Request, Response, Router } from 'express';
import { sendArchive } from '../git/archive';
import { git, gitOutcome } from '../git/git';
import { serveGitHttp } from '../git/httpBackend';
import { errorHandler, handle } from '../http';
import { GitRepositorySeed } from '../types';

/** What a Gitea host is made of. */
export interface GiteaOptions {
  /** Folder that holds the bare repositories as `owner/name.git`. */
  root: string;
  /** The host as clients call it, without a trailing slash. */
  baseUrl: string;
  repositories: GitRepositorySeed[];
  tokens: ReadonlySet<string>;
}

/** A Gitea host that can be read: contents, commits, archives and `git clone`. */
export function createGiteaApp(options: GiteaOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((req, res, next) => {
    const token = tokenOf(req);
    if (token !== undefined && !options.tokens.has(token)) {
      res.status(401).json({ message: 'invalid username, password or token' });
      return;
    }
    next();
  });
  app.get('/api/v1/version', (_req, res) => {
    res.json({ version: '1.24.0' });
  });
  app.use('/api/v1/repos/:owner/:name', repositoryRoutes(options));
  app.all(
    '/:owner/:name/:path(info/refs|git-upload-pack)',
    handle(async (req, res) => {
      const found = find(options, req, res);
      if (found && req.query.service !== 'git-receive-pack') {
        const { owner, name } = found.seed;
        await serveGitHttp(
          req,
          res,
          options.root,
          `/${owner}/${name}.git/${req.params.path}`,
        );
      } else if (found) {
        res.status(403).send('This host can only be read.\n');
      }
    }),
  );
  app.use(errorHandler);
  return app;
}

interface Found {
  seed: GitRepositorySeed;
  dir: string;
  branch: string;
}

function repositoryRoutes(options: GiteaOptions): Router {
  const router = Router({ mergeParams: true });
  const withRepository = (
    serve: (found: Found, req: Request, res: Response) => Promise<void>,
  ) =>
    handle(async (req, res) => {
      const found = find(options, req, res);
      if (found) {
        await serve(found, req, res);
      }
    });

  router.get(
    '/',
    withRepository(async ({ seed, branch }, _req, res) => {
      const page = `${options.baseUrl}/${seed.owner}/${seed.name}`;
      res.json({
        name: seed.name,
        full_name: `${seed.owner}/${seed.name}`,
        owner: { login: seed.owner },
        description: seed.description ?? '',
        private: seed.private ?? false,
        default_branch: branch,
        html_url: page,
        clone_url: `${page}.git`,
      });
    }),
  );

  router.get(
    '/git/commits/*',
    withRepository(async ({ dir, seed }, req, res) => {
      const sha = await commitOf(dir, req.params[0]);
      if (!sha) {
        notFound(res);
        return;
      }
      const url = `${options.baseUrl}/api/v1/repos/${seed.owner}/${seed.name}/git/commits/${sha}`;
      res.json({ sha, url, commit: await describe(dir, sha) });
    }),
  );

  router.get(
    '/archive/*',
    withRepository(async ({ dir, seed }, req, res) => {
      const match = /^(.+)\.(tar\.gz|zip)$/.exec(req.params[0]);
      const commit = match ? await commitOf(dir, match[1]) : undefined;
      if (!commit) {
        notFound(res);
        return;
      }
      await sendArchive(res, dir, {
        commit,
        prefix: `${seed.name}/`,
        format: match?.[2] === 'zip' ? 'zip' : 'tar.gz',
      });
    }),
  );

  router.get(
    '/contents/*?',
    withRepository(async (found, req, res) => {
      const ref = String(req.query.ref ?? found.branch);
      const commit = await commitOf(found.dir, ref);
      const path = (req.params[0] ?? '').replace(/\/$/, '');
      const contents = commit && (await read(found, options, commit, path));
      if (contents) {
        res.json(contents);
      } else {
        notFound(res);
      }
    }),
  );

  return router;
}

function find(
  options: GiteaOptions,
  req: Request,
  res: Response,
): Found | undefined {
  const { owner } = req.params;
  const name = req.params.name.replace(/\.git$/, '');
  const seed = options.repositories.find(
    candidate => candidate.owner === owner && candidate.name === name,
  );
  if (!seed) {
    notFound(res);
    return undefined;
  }
  return {
    seed,
    dir: join(options.root, owner, `${name}.git`),
    branch: seed.defaultBranch ?? 'main',
  };
}

function notFound(res: Response): void {
  res.status(404).json({ message: 'not found' });
}

function tokenOf(req: Request): string | undefined {
  const [scheme, value = ''] = (req.header('authorization') ?? '').split(' ');
  if (!scheme) {
    return undefined;
  }
  if (scheme.toLowerCase() !== 'basic') {
    return value;
  }
  const [user, password] = Buffer.from(value, 'base64')
    .toString('utf8')
    .split(':');
  return password || user;
}

async function commitOf(dir: string, ref: string): Promise<string | undefined> {
  const outcome = await gitOutcome(dir, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  return outcome.code === 0
    ? outcome.stdout.toString('utf8').trim()
    : undefined;
}

async function describe(dir: string, sha: string) {
  const format = ['%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00');
  const out = await git(dir, ['show', '--no-patch', `--format=${format}`, sha]);
  const [an, ae, ad, cn, ce, cd, message] = out.toString('utf8').split('\0');
  return {
    message: message.trimEnd(),
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
  };
}

async function read(
  { dir, seed }: Found,
  options: GiteaOptions,
  commit: string,
  path: string,
) {
  const out = await git(dir, [
    'ls-tree',
    '-z',
    '--long',
    commit,
    ...(path ? ['--', path] : []),
  ]);
  const [self] = lines(out);
  if (path && !self) {
    return undefined;
  }
  const url = `${options.baseUrl}/api/v1/repos/${seed.owner}/${seed.name}`;
  const describeEntry = (entry: ReturnType<typeof lines>[number]) => ({
    name: entry.path.split('/').pop(),
    path: entry.path,
    sha: entry.sha,
    type: entry.type === 'tree' ? 'dir' : 'file',
    size: entry.size,
    last_commit_sha: commit,
    url: `${url}/contents/${entry.path}?ref=${commit}`,
    html_url: `${options.baseUrl}/${seed.owner}/${seed.name}/src/commit/${commit}/${entry.path}`,
  });
  if (path && self.type === 'blob') {
    const content = await git(dir, ['cat-file', 'blob', self.sha]);
    return {
      ...describeEntry(self),
      encoding: 'base64',
      content: content.toString('base64'),
    };
  }
  const children = path
    ? lines(
        await git(dir, ['ls-tree', '-z', '--long', commit, '--', `${path}/`]),
      )
    : lines(out);
  return children.map(describeEntry);
}

function lines(out: Buffer) {
  return out
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const [facts, path] = line.split('\t');
      const [, type, sha, size] = facts.split(/\s+/);
      return { path, type, sha, size: Number(size) || 0 };
    });
}
