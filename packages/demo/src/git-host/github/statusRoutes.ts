import { Request, Response, Router } from 'express';
import { handle } from '../http';
import { fail, GithubProxy, jsonBody, jsonOf } from './GithubProxy';

const states = ['error', 'failure', 'pending', 'success'] as const;

type StatusState = (typeof states)[number];

interface CommitStatus {
  id: number;
  state: StatusState;
  context: string;
  description: string | null;
  target_url: string | null;
  created_at: string;
  updated_at: string;
}

/** Commit statuses, which the emulator does not have. */
export function statusRoutes(proxy: GithubProxy): Router {
  const router = Router();
  const statuses = new Map<string, CommitStatus[]>();
  let lastId = 0;

  const newestFirst = (req: Request, sha: string) =>
    [...(statuses.get(statusKey(req, sha)) ?? [])].reverse();

  router.post(
    '/repos/:owner/:name/statuses/:sha',
    handle(async (req, res) => {
      const found = await commitOf(req, res, proxy, req.params.sha);
      if (!found) {
        return;
      }
      if (found.repository.permissions?.push === false) {
        fail(res, 403, 'Resource not accessible by personal access token');
        return;
      }
      const body = jsonBody(req);
      const state = states.find(known => known === body.state);
      if (!state) {
        fail(res, 422, `state must be one of ${states.join(', ')}`);
        return;
      }
      lastId += 1;
      const now = new Date().toISOString();
      const status: CommitStatus = {
        id: lastId,
        state,
        context: text(body.context) ?? 'default',
        description: text(body.description) ?? null,
        target_url: text(body.target_url) ?? null,
        created_at: now,
        updated_at: now,
      };
      const key = statusKey(req, found.sha);
      statuses.set(key, [...(statuses.get(key) ?? []), status]);
      proxy.touch(`${req.params.owner}/${req.params.name}`);
      proxy.json(req, res, status, { status: 201 });
    }),
  );

  router.get(
    '/repos/:owner/:name/commits/*/statuses',
    handle(async (req, res) => {
      const found = await commitOf(req, res, proxy, req.params[0]);
      if (found) {
        proxy.json(req, res, newestFirst(req, found.sha));
      }
    }),
  );

  router.get(
    '/repos/:owner/:name/commits/*/status',
    handle(async (req, res) => {
      const found = await commitOf(req, res, proxy, req.params[0]);
      if (!found) {
        return;
      }
      const latest = new Map<string, CommitStatus>();
      for (const status of newestFirst(req, found.sha).reverse()) {
        latest.set(status.context, status);
      }
      proxy.json(req, res, {
        state: combined([...latest.values()]),
        statuses: [...latest.values()],
        sha: found.sha,
        total_count: latest.size,
        repository: found.repository,
      });
    }),
  );

  return router;
}

function statusKey(req: Request, sha: string): string {
  return `${req.params.owner}/${req.params.name}@${sha}`.toLowerCase();
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function combined(statuses: CommitStatus[]): 'failure' | 'pending' | 'success' {
  if (statuses.some(({ state }) => state === 'error' || state === 'failure')) {
    return 'failure';
  }
  return statuses.length > 0 &&
    statuses.every(({ state }) => state === 'success')
    ? 'success'
    : 'pending';
}

async function commitOf(
  req: Request,
  res: Response,
  proxy: GithubProxy,
  ref: string,
): Promise<
  { sha: string; repository: { permissions?: { push?: boolean } } } | undefined
> {
  const path = `/repos/${req.params.owner}/${req.params.name}`;
  const repository = await proxy.read(res, path);
  const commit = await proxy.read(
    res,
    `${path}/commits/${encodeURI(ref)}?per_page=1`,
  );
  for (const answer of [repository, commit]) {
    if (answer.status !== 200) {
      proxy.pass(req, res, answer);
      return undefined;
    }
  }
  return {
    sha: jsonOf<{ sha: string }>(commit).sha,
    repository: jsonOf(repository),
  };
}
