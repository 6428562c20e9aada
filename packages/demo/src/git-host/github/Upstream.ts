import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { GitHostsOptions, GitRepositorySeed } from '../types';
import type { EmulatorStarted } from './emulator-worker';

/** An answer of the emulator. */
export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** A request to the emulator; `path` starts with a slash and may carry a query. */
export interface UpstreamRequest {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

/** The account that this host itself acts as. */
export const hostLogin = 'git-host';

// The emulator allows each token 5,000 requests an hour, as GitHub does. What
// the host itself asks must not use that up, so it takes turns with many.
const ownTokenCount = 64;

/** The emulator of GitHub's REST API, in a worker thread of its own. */
export class Upstream {
  private turn = 0;

  private constructor(
    private readonly worker: Worker,
    /** Where it listens; its answers carry links that start so. */
    readonly url: string,
    private readonly ownTokens: string[],
  ) {}

  /** Starts the emulator with accounts, organisations and empty repositories. */
  static async start(
    options: Pick<GitHostsOptions, 'users' | 'tokens'> & {
      repositories: GitRepositorySeed[];
    },
  ): Promise<Upstream> {
    const ownTokens = Array.from({ length: ownTokenCount }, () => randomUUID());
    const tokens = Object.fromEntries([
      ...ownTokens.map(token => [token, { login: hostLogin }]),
      ...Object.entries(options.tokens).map(([token, login]) => [
        token,
        { login },
      ]),
    ]);
    const worker = new Worker(require.resolve('./emulator-worker'), {
      workerData: { tokens, github: accounts(options) },
      execArgv: [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      ],
    });
    const [started]: EmulatorStarted[] = await once(worker, 'message');
    return new Upstream(worker, started.url, ownTokens);
  }

  /** Sends a request with the headers given, and nothing of our own. */
  async send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const response = await fetch(`${this.url}${request.path}`, {
      method: request.method ?? 'GET',
      headers: request.headers,
      body: request.body?.length ? new Uint8Array(request.body) : undefined,
      redirect: 'manual',
    });
    return {
      status: response.status,
      headers: new Headers(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  }

  /**
   * Asks as the host itself, which may do everything.
   *
   * @throws Error when the emulator does not answer with success.
   */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    this.turn = (this.turn + 1) % this.ownTokens.length;
    const answer = await this.send({
      method,
      path,
      headers: {
        authorization: `Bearer ${this.ownTokens[this.turn]}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
    });
    const text = answer.body.toString('utf8');
    if (answer.status >= 400) {
      throw new Error(
        `The GitHub emulator answered ${method} ${path} with ${answer.status}: ${text}`,
      );
    }
    return JSON.parse(text);
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

function accounts(
  options: Pick<GitHostsOptions, 'users'> & {
    repositories: GitRepositorySeed[];
  },
): Record<string, unknown> {
  const { repositories } = options;
  const owners = [...new Set(repositories.map(r => r.owner))];
  return {
    users: [
      { login: hostLogin, name: 'Git host' },
      ...options.users.map(({ login, name, email }) => ({
        login,
        name,
        email,
      })),
    ],
    orgs: owners.map(login => ({
      login,
      members: [
        { login: hostLogin, role: 'admin' },
        ...options.users.map(user => ({
          login: user.login,
          role: user.access === 'admin' ? 'admin' : 'member',
        })),
      ],
    })),
    repos: repositories.map(r => ({
      owner: r.owner,
      name: r.name,
      description: r.description,
      private: r.private ?? false,
      default_branch: r.defaultBranch ?? 'main',
      auto_init: false,
    })),
  };
}
