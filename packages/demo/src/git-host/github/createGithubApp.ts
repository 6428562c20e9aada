import express, { Express, Request, Response, Router } from 'express';
import { errorHandler, handle } from '../http';
import { fail, GithubProxy, jsonOf } from './GithubProxy';
import { archiveRoutes, rawRoutes, smartHttpRoutes } from './gitRoutes';
import { GithubMirror } from './GithubMirror';
import { pullRoutes } from './pullRoutes';
import { PullRequests } from './PullRequests';
import { statusRoutes } from './statusRoutes';
import { Tokens } from './Tokens';

/** The parts that a GitHub host is made of. */
export interface GithubParts {
  proxy: GithubProxy;
  mirror: GithubMirror;
  pulls: PullRequests;
  tokens: Tokens;
}

/** A GitHub host: git and pages at the root, the API below `/api/v3` and at the root too. */
export function createGithubApp(parts: GithubParts): Express {
  const app = express();
  app.disable('x-powered-by');
  // GitHub's ETags come from the proxy, not from express.
  app.disable('etag');
  app.use((req, res, next) => {
    const caller = parts.tokens.identify(req);
    if (caller.kind === 'unknown') {
      fail(res, 401, 'Bad credentials');
      return;
    }
    res.locals.token = caller.kind === 'anonymous' ? undefined : caller.token;
    next();
  });
  app.use(smartHttpRoutes(parts.proxy, parts.mirror));
  app.use('/raw', rawRoutes(parts.proxy));
  const api = apiRoutes(parts);
  app.use('/api/v3', api);
  app.use(api);
  app.use(errorHandler);
  return app;
}

function apiRoutes({ proxy, mirror, pulls, tokens }: GithubParts): Router {
  const router = Router();
  router.use(express.raw({ type: () => true, limit: '100mb' }));
  router.use('/repos/:owner/:name', (req, res, next) => {
    const repository = `${req.params.owner}/${req.params.name}`;
    if (req.method !== 'GET') {
      proxy.touch(repository);
      res.locals.repository = repository;
    }
    next();
  });
  router.use(statusRoutes(proxy));
  router.use(pullRoutes(proxy, pulls));
  router.use(archiveRoutes(proxy, mirror));
  router.get(
    '/repos/:owner/:name/contents*',
    handle(async (req, res) => {
      const repository = `${req.params.owner}/${req.params.name}`;
      if (!proxy.answerUnchanged(req, res, repository)) {
        const answer = await proxy.forward(req, res);
        if (answer.headers.get('content-type') === 'application/octet-stream') {
          // A file asked for as it is; GitHub says so, and clients read it as text.
          answer.headers.set(
            'content-type',
            'application/vnd.github.raw+json; charset=utf-8',
          );
        }
        proxy.pass(req, res, answer);
      }
    }),
  );
  router.get(
    '/repos/:owner/:name/git/trees/:sha',
    handle((req, res) => sendTree(req, res, proxy)),
  );
  router.post(
    '/app/installations/:id/access_tokens',
    handle(async (req, res) => {
      const answer = await proxy.forward(req, res);
      if (answer.status === 201) {
        tokens.add(jsonOf<{ token: string }>(answer).token);
      }
      proxy.pass(req, res, answer);
    }),
  );
  router.use(
    handle(async (req, res) => {
      proxy.pass(req, res, await proxy.forward(req, res));
    }),
  );
  return router;
}

// Backstage's search follows the link of each entry, which the emulator leaves out.
async function sendTree(
  req: Request,
  res: Response,
  proxy: GithubProxy,
): Promise<void> {
  const answer = await proxy.forward(req, res);
  if (answer.status !== 200) {
    proxy.pass(req, res, answer);
    return;
  }
  const tree = jsonOf<{ tree: { type: string; sha: string }[] }>(answer);
  const git = `${proxy.baseUrl}/api/v3/repos/${req.params.owner}/${req.params.name}/git`;
  proxy.json(req, res, {
    ...tree,
    tree: tree.tree.map(entry => ({
      ...entry,
      url: `${git}/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`,
    })),
  });
}
