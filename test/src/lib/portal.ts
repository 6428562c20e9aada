import { ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlumblineStatus } from '@plumbline/backstage-plugin-plumbline-common';

/** The people of the demo company as whom a visitor can sign in. */
export type Person = 'platform' | 'service-owner' | 'finops' | 'security';

/** The root of the repository. */
export const root = path.resolve(__dirname, '../../..');

/** A portal that runs, and how to speak to it. */
export interface Portal {
  url: string;
  /** A Backstage token of one of the demo's people. */
  token(person: Person): Promise<string>;
  /** Asks the portal as a person. */
  get(person: Person, route: string): Promise<Response>;
  /** Waits until every source has been read once and the catalog is known. */
  untilCollected(): Promise<PlumblineStatus>;
  /** Everything the process said, for a failure's message. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts a process that serves a portal at `url` and waits until it answers. */
export async function startPortal(options: {
  command: string;
  args: string[];
  cwd: string;
  env?: NodeJS.ProcessEnv;
  url: string;
  timeoutMs: number;
}): Promise<Portal> {
  const { command, args, cwd, env, url, timeoutMs } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      said = (said + chunk).slice(-20_000);
    });
  }
  const output = () => said;

  try {
    await until(
      async () => {
        if (child.exitCode !== null) {
          throw new Error(`The portal ended with ${child.exitCode}`);
        }
        return (await fetch(`${url}/.backstage/health/v1/readiness`)).ok;
      },
      timeoutMs,
      `the portal at ${url} answers`,
    );
  } catch (error) {
    await stop(child);
    throw new Error(`${error}\n${said}`);
  }

  const token = (person: Person) => signIn(url, person);
  const get = async (person: Person, route: string) =>
    fetch(`${url}${route}`, {
      headers: { authorization: `Bearer ${await token(person)}` },
    });

  return {
    url,
    token,
    get,
    output,
    untilCollected: () => untilCollected(get),
    stop: () => stop(child),
  };
}

async function signIn(url: string, person: Person): Promise<string> {
  const response = await fetch(`${url}/api/auth/demo/refresh`, {
    headers: {
      'x-plumbline-demo-person': person,
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  if (!response.ok) {
    throw new Error(`Signing in as ${person}: ${await response.text()}`);
  }
  const session = (await response.json()) as {
    backstageIdentity: { token: string };
  };
  return session.backstageIdentity.token;
}

async function untilCollected(get: Portal['get']): Promise<PlumblineStatus> {
  let status: PlumblineStatus | undefined;
  await until(
    async () => {
      const response = await get('platform', '/api/plumbline/v1/status');
      if (!response.ok) return false;
      status = (await response.json()) as PlumblineStatus;
      return (
        status.catalog.entities >= 60 &&
        status.sources.length > 0 &&
        status.sources.every(source => source.lastSuccessAt)
      );
    },
    240_000,
    'every source was read once',
  ).catch(error => {
    throw new Error(`${error}: ${JSON.stringify(status)}`);
  });
  return status!;
}

/** Waits until a condition holds; failures of asking count as "not yet". */
export async function until(
  condition: () => Promise<boolean>,
  timeoutMs: number,
  what: string,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      if (await condition()) return;
    } catch (error) {
      failure = error;
      if (`${error}`.includes('ended with')) throw error;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Waited ${timeoutMs / 1000} s in vain until ${what}${
          failure ? ` (${failure})` : ''
        }`,
      );
    }
    await sleep(250);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const killed = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(killed);
}
