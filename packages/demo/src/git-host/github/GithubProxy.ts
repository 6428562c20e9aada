import { createHash } from 'node:crypto';
import { Request, Response } from 'express';
import { Upstream, UpstreamAnswer } from './Upstream';

/** Where requests go on to, and how their answers come back. */
export class GithubProxy {
  // The ETag of each answer by repository, kept until something is written there.
  private readonly etags = new Map<string, Map<string, string>>();

  constructor(
    private readonly upstream: Upstream,
    /** This host as clients call it, without a trailing slash. */
    readonly baseUrl: string,
  ) {}

  /**
   * Sends the request on to the emulator.
   *
   * @param body - sent in place of the request's own
   */
  async forward(
    req: Request,
    res: Response,
    body?: Record<string, unknown>,
  ): Promise<UpstreamAnswer> {
    const headers: Record<string, string> = {
      accept: req.header('accept') ?? 'application/vnd.github+json',
      'content-type': req.header('content-type') ?? 'application/json',
      ...(res.locals.token && { authorization: `Bearer ${res.locals.token}` }),
    };
    const answer = await this.upstream.send({
      method: req.method,
      path: req.url,
      headers,
      body: body ? Buffer.from(JSON.stringify(body)) : asBuffer(req.body),
    });
    return req.method === 'GET' ? hidden(res, answer) : answer;
  }

  /** Reads another path with the caller's rights. */
  async read(res: Response, path: string): Promise<UpstreamAnswer> {
    const answer = await this.upstream.send({
      path,
      headers: res.locals.token
        ? { authorization: `Bearer ${res.locals.token}` }
        : {},
    });
    return hidden(res, answer);
  }

  /** Forgets what answers looked like; for everything that writes to a repository. */
  touch(repository: string): void {
    this.etags.delete(repository.toLowerCase());
  }

  /** Answers 304 when nothing was written since the ETag that the caller knows. */
  answerUnchanged(req: Request, res: Response, repository: string): boolean {
    const name = repository.toLowerCase();
    const etags = this.etags.get(name) ?? new Map<string, string>();
    this.etags.set(name, etags);
    // A write in between drops this map, and with it what is put in too late.
    res.locals.etags = etags;
    const known = etags.get(answerKey(req, res));
    if (!known || known !== req.header('if-none-match')) {
      return false;
    }
    res.status(304).setHeader('ETag', known).end();
    return true;
  }

  /** Passes an answer of the emulator on, its links turned to this host. */
  pass(req: Request, res: Response, answer: UpstreamAnswer): void {
    for (const name of [
      'content-type',
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      'x-ratelimit-resource',
      'location',
      'link',
    ]) {
      const value = answer.headers.get(name);
      if (value) {
        res.setHeader(name, this.turnLinks(value));
      }
    }
    const json = answer.headers
      .get('content-type')
      ?.startsWith('application/json');
    const body = json
      ? Buffer.from(this.turnLinks(answer.body.toString('utf8')))
      : answer.body;
    this.finish(req, res, answer.status, body);
  }

  /** Answers with JSON made from the emulator's, its links turned to this host. */
  json(
    req: Request,
    res: Response,
    value: unknown,
    options: { status?: number } = {},
  ): void {
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    const body = Buffer.from(this.turnLinks(JSON.stringify(value)));
    this.finish(req, res, options.status ?? 200, body);
  }

  /** Answers with a file's bytes, as plain text. */
  text(req: Request, res: Response, body: Buffer): void {
    res.setHeader('Content-Type', 'text/plain; charset=utf-8');
    this.finish(req, res, 200, body);
  }

  private finish(
    req: Request,
    res: Response,
    status: number,
    body: Buffer,
  ): void {
    res.status(status);
    if (req.method !== 'GET' && res.locals.repository) {
      this.touch(res.locals.repository);
    }
    if (status === 200 && req.method === 'GET') {
      const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
      res.setHeader('ETag', etag);
      res.locals.etags?.set(answerKey(req, res), etag);
      if (req.header('if-none-match') === etag) {
        res.status(304).end();
        return;
      }
    }
    res.end(body);
  }

  // The emulator has the API and the pages at one root, GitHub Enterprise has
  // the API below /api/v3.
  private turnLinks(text: string): string {
    const { port } = new URL(this.upstream.url);
    const root = `http://(?:localhost|127\\.0\\.0\\.1):${port}`;
    return text
      .replace(
        new RegExp(
          `${root}(?=/(?:repos|repositories|users|user|orgs|teams|search|app|apps|installations|notifications|gists)\\b)`,
          'g',
        ),
        `${this.baseUrl}/api/v3`,
      )
      .replace(new RegExp(root, 'g'), this.baseUrl);
  }
}

// To those it does not know, GitHub says of a private repository that it is not there.
function hidden(res: Response, answer: UpstreamAnswer): UpstreamAnswer {
  if (res.locals.token || answer.status !== 401) {
    return answer;
  }
  const body = { message: 'Not Found', status: '404' };
  return {
    status: 404,
    headers: new Headers({ 'content-type': 'application/json' }),
    body: Buffer.from(JSON.stringify(body)),
  };
}

function answerKey(req: Request, res: Response): string {
  return [res.locals.token, req.header('accept'), req.url].join(' ');
}

function asBuffer(body: unknown): Buffer | undefined {
  return Buffer.isBuffer(body) ? body : undefined;
}

/** The JSON object that a request carries; empty when it carries none. */
export function jsonBody(req: Request): Record<string, unknown> {
  const text = asBuffer(req.body)?.toString('utf8');
  if (!text) {
    return {};
  }
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The JSON that an answer carries. */
export function jsonOf<T>(answer: UpstreamAnswer): T {
  return JSON.parse(answer.body.toString('utf8'));
}

/** Ends a request with an error in GitHub's shape. */
export function fail(
  res: Response,
  status: number,
  message: string,
  errors?: { resource: string; code: string; message: string }[],
): void {
  res.status(status).json({
    message,
    ...(errors && { errors }),
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  });
}
