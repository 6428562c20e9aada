import { Request, Response, Router } from 'express';
import { handle } from '../http';
import { sendArchive } from '../git/archive';
import { serveGitHttp } from '../git/httpBackend';
import { fail, GithubProxy, jsonOf } from './GithubProxy';
import { GithubMirror } from './GithubMirror';

/** `git clone` and `git fetch`. Pushing is refused: changes come by the API. */
export function smartHttpRoutes(
  proxy: GithubProxy,
  mirror: GithubMirror,
): Router {
  const router = Router();
  router.all(
    '/:owner/:name/:path(info/refs|git-upload-pack|git-receive-pack)',
    handle(async (req, res) => {
      const { owner, path } = req.params;
      const name = req.params.name.replace(/\.git$/, '');
      if (
        path === 'git-receive-pack' ||
        req.query.service === 'git-receive-pack'
      ) {
        res.status(403).send('This host takes changes by its API only.\n');
        return;
      }
      const repository = await proxy.read(res, `/repos/${owner}/${name}`);
      if (repository.status !== 200) {
        // As GitHub does: git then asks for credentials.
        res.setHeader('WWW-Authenticate', 'Basic realm="GitHub"');
        res
          .status(res.locals.token ? 404 : 401)
          .send('Repository not found.\n');
        return;
      }
      await mirror.sync(owner, name);
      await serveGitHttp(
        req,
        res,
        mirror.root,
        `/${owner}/${name}.git/${path}`,
      );
    }),
  );
  return router;
}

/** Archives of a commit, below the API. */
export function archiveRoutes(
  proxy: GithubProxy,
  mirror: GithubMirror,
): Router {
  const router = Router();
  router.get(
    '/repos/:owner/:name/:format(tarball|zipball)/*?',
    handle(async (req, res) => {
      const { owner, name, format } = req.params;
      const ref = req.params[0] || 'HEAD';
      const commit = await proxy.read(
        res,
        `/repos/${owner}/${name}/commits/${encodeURI(ref)}`,
      );
      if (commit.status !== 200) {
        proxy.pass(req, res, commit);
        return;
      }
      const { sha } = jsonOf<{ sha: string }>(commit);
      const repository = await mirror.sync(owner, name);
      await sendArchive(res, repository.dir, {
        commit: sha,
        prefix: `${owner}-${name}-${sha.slice(0, 7)}/`,
        format: format === 'zipball' ? 'zip' : 'tar.gz',
      });
    }),
  );
  return router;
}

/** Files as they are, as raw.githubusercontent.com gives them. */
export function rawRoutes(proxy: GithubProxy): Router {
  const router = Router();
  router.get(
    '/:owner/:name/*',
    handle(async (req, res) => sendRaw(req, res, proxy)),
  );
  return router;
}

async function sendRaw(
  req: Request,
  res: Response,
  proxy: GithubProxy,
): Promise<void> {
  const { owner, name } = req.params;
  const match = /^(?:refs\/heads\/)?([^/]+)\/(.+)$/.exec(req.params[0]);
  if (!match) {
    fail(res, 404, 'Not Found');
    return;
  }
  if (proxy.answerUnchanged(req, res, `${owner}/${name}`)) {
    return;
  }
  const [, ref, path] = match;
  const file = await proxy.read(
    res,
    `/repos/${owner}/${name}/contents/${encodeURI(
      path,
    )}?ref=${encodeURIComponent(ref)}`,
  );
  const content =
    file.status === 200
      ? jsonOf<{ type?: string; content?: string }>(file)
      : undefined;
  if (content?.type !== 'file') {
    res.status(404).type('text/plain').send('404: Not Found');
    return;
  }
  proxy.text(req, res, Buffer.from(content.content ?? '', 'base64'));
}
