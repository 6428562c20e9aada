import { Request, Response, Router } from 'express';
import { handle } from '../http';
import { fail, GithubProxy, jsonBody, jsonOf } from './GithubProxy';
import { PullJson, PullRequests } from './PullRequests';

const failed = 'Validation Failed';

/** Where pull requests behave otherwise than the emulator's do. */
export function pullRoutes(proxy: GithubProxy, pulls: PullRequests): Router {
  const router = Router();
  const path = '/repos/:owner/:name/pulls';

  router.get(
    path,
    handle(async (req, res) => {
      const answer = await proxy.forward(req, res);
      if (answer.status !== 200) {
        proxy.pass(req, res, answer);
        return;
      }
      const list = jsonOf<PullJson[]>(answer);
      const shown = await Promise.all(
        list.map(pull => pulls.present(repositoryOf(req), pull)),
      );
      proxy.pass(req, res, {
        ...answer,
        body: Buffer.from(JSON.stringify(shown)),
      });
    }),
  );

  router.post(
    path,
    handle(async (req, res) => {
      const refusal = await refuseCreation(req, pulls);
      if (refusal) {
        fail(res, 422, failed, [
          { resource: 'PullRequest', code: 'custom', message: refusal },
        ]);
        return;
      }
      await showFull(req, res, proxy, pulls);
    }),
  );

  router.get(
    `${path}/:number(\\d+)`,
    handle((req, res) => showFull(req, res, proxy, pulls)),
  );

  router.patch(
    `${path}/:number(\\d+)`,
    handle(async (req, res) => {
      const before = await pullOf(req, res, proxy);
      if (before) {
        await pulls.remember(repositoryOf(req), before);
      }
      await showFull(req, res, proxy, pulls);
    }),
  );

  router.get(
    `${path}/:number(\\d+)/:part(files|commits)`,
    handle(async (req, res) => {
      const pull = await pullOf(req, res, proxy);
      if (!pull) {
        proxy.pass(req, res, await proxy.forward(req, res));
        return;
      }
      const comparison = await pulls.compare(repositoryOf(req), pull);
      const all =
        req.params.part === 'files' ? comparison.files : comparison.commits;
      const size = Math.min(Number(req.query.per_page ?? 30), 100);
      const from = (Number(req.query.page ?? 1) - 1) * size;
      if (from + size < all.length) {
        const next = new URL(`${proxy.baseUrl}/api/v3${req.url}`);
        next.searchParams.set('page', String(from / size + 2));
        res.setHeader('Link', `<${next}>; rel="next"`);
      }
      proxy.json(req, res, all.slice(from, from + size));
    }),
  );

  router.post(
    `${path}/:number(\\d+)/requested_reviewers`,
    handle(async (req, res) => {
      const answer = await proxy.forward(req, res);
      if (answer.status !== 200) {
        proxy.pass(req, res, answer);
        return;
      }
      const pull = jsonOf<PullJson>(answer);
      const shown = await pulls.present(repositoryOf(req), pull);
      proxy.json(req, res, shown, { status: 201 });
    }),
  );

  router.put(
    `${path}/:number(\\d+)/merge`,
    handle((req, res) => merge(req, res, proxy, pulls)),
  );

  // GitHub closes the pull requests of a branch that is deleted.
  router.delete(
    '/repos/:owner/:name/git/refs/*',
    handle(async (req, res) => {
      const repository = repositoryOf(req);
      const branch = req.params[0].replace(/^heads\//, '');
      const open = await pulls.openOf(repository, 'head', branch);
      await Promise.all(open.map(pull => pulls.remember(repository, pull)));
      const answer = await proxy.forward(req, res);
      if (answer.status === 204) {
        await Promise.all(open.map(pull => pulls.close(repository, pull)));
      }
      proxy.pass(req, res, answer);
    }),
  );

  return router;
}

function repositoryOf(req: Request): string {
  return `${req.params.owner}/${req.params.name}`;
}

async function refuseCreation(
  req: Request,
  pulls: PullRequests,
): Promise<string | undefined> {
  const repository = repositoryOf(req);
  const body = jsonBody(req);
  const head = String(body.head ?? '').replace(/^[^:]*:/, '');
  const base = String(body.base ?? '');
  const headSha = await pulls.branch(repository, head);
  if (!headSha) {
    return `head ${head} does not exist`;
  }
  const baseSha = await pulls.branch(repository, base);
  if (!baseSha) {
    return `base ${base} does not exist`;
  }
  const open = await pulls.openOf(repository, 'head', head);
  if (open.some(pull => pull.base.ref === base)) {
    return `A pull request already exists for ${req.params.owner}:${head}.`;
  }
  return headSha === baseSha
    ? `No commits between ${base} and ${head}`
    : undefined;
}

async function showFull(
  req: Request,
  res: Response,
  proxy: GithubProxy,
  pulls: PullRequests,
): Promise<void> {
  const answer = await proxy.forward(req, res);
  if (answer.status >= 300) {
    proxy.pass(req, res, answer);
    return;
  }
  const pull = jsonOf<PullJson>(answer);
  const { owner, name } = req.params;
  const shown = await pulls.presentFull(owner, name, pull);
  proxy.json(req, res, shown, { status: answer.status });
}

async function pullOf(
  req: Request,
  res: Response,
  proxy: GithubProxy,
): Promise<PullJson | undefined> {
  const answer = await proxy.read(
    res,
    `/repos/${repositoryOf(req)}/pulls/${req.params.number}`,
  );
  return answer.status === 200 ? jsonOf<PullJson>(answer) : undefined;
}

async function merge(
  req: Request,
  res: Response,
  proxy: GithubProxy,
  pulls: PullRequests,
): Promise<void> {
  const { owner, name } = req.params;
  const pull = await pullOf(req, res, proxy);
  if (!pull || pull.state === 'closed') {
    proxy.pass(req, res, await proxy.forward(req, res));
    return;
  }
  const { sha, ...body } = jsonBody(req);
  const ends = await pulls.endsOf(`${owner}/${name}`, pull);
  if (sha !== undefined && sha !== ends.head) {
    fail(res, 409, 'Head branch was modified. Review and try the merge again.');
    return;
  }
  const tree = await pulls.mergedTree(owner, name, pull);
  if (!tree) {
    fail(res, 405, 'Pull Request has merge conflicts');
    return;
  }
  // The emulator judges whether the caller may merge and records that it was;
  // the commit that it puts on the base branch is replaced by the real one.
  const answer = await proxy.forward(req, res, body);
  if (answer.status !== 200) {
    proxy.pass(req, res, answer);
    return;
  }
  const user = await proxy.read(res, '/user');
  const account =
    user.status === 200
      ? jsonOf<{ login: string; name?: string; email?: string }>(user)
      : { login: 'app' };
  const method =
    body.merge_method === undefined || body.merge_method === 'merge'
      ? 'merge'
      : 'squash';
  const title =
    method === 'merge'
      ? `Merge pull request #${pull.number} from ${owner}/${pull.head.ref}`
      : `${pull.title} (#${pull.number})`;
  const text = method === 'merge' ? pull.title : '';
  const landed = await pulls.land(owner, name, pull, {
    tree,
    ends,
    method,
    message: [body.commit_title ?? title, body.commit_message ?? text]
      .filter(Boolean)
      .join('\n\n'),
    author: {
      name: account.name ?? account.login,
      email: account.email ?? `${account.login}@users.noreply.github.com`,
    },
  });
  proxy.json(req, res, {
    sha: landed,
    merged: true,
    message: 'Pull Request successfully merged',
  });
}
