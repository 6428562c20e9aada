import { ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { PlumblineStatus } from '@plumbline/backstage-plugin-plumbline-common';

/** The people of the demo company as whom a visitor can sign in. */
export type Person = 'platform' | 'service-owner' | 'finops' | 'security';

/** The root of the repository. */
export const root = resolvePackagePath('@plumbline/test', '..');

/** A portal that runs, and how to speak to it. */
export interface Portal {
  url: string;
  /** A Backstage token of one of the demo's people. */
  token(person: Person): Promise<string>;
  /** Asks the portal as a person. */
  get(person: Person, route: string): Promise<Response>;
  /** Waits until every source has been read once and so many entities of the catalog are known (60). */
  untilCollected(options?: { entities?: number }): Promise<PlumblineStatus>;
  stop(): Promise<void>;
}

/**
 * Starts a process that serves a portal at `url` and waits until it answers; or takes one that runs
 * already, which it leaves running.
 */
export async function startPortal(options: {
  running?: string;
  command: string;
  args: string[];
  cwd: string;
  env?: NodeJS.ProcessEnv;
  url: string;
  timeoutMs: number;
}): Promise<Portal> {
  const { running, command, args, cwd, env, timeoutMs } = options;
  if (running) {
    return speakTo(running, async () => {});
  }
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said = (said + chunk).slice(-20_000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  try {
    await until(
      async () => {
        if (child.exitCode !== null) {
          throw new Error(`The portal ended with ${child.exitCode}`);
        }
        const url = `${options.url}/.backstage/health/v1/readiness`;
        return (await fetch(url)).ok;
      },
      timeoutMs,
      `the portal at ${options.url} answers`,
    );
  } catch (error) {
    await stop(child);
    throw new Error(`${error}\n${said}`);
  }
  return speakTo(options.url, () => stop(child));
}

function speakTo(url: string, stopPortal: () => Promise<void>): Portal {
  const token = (person: Person) => signIn(url, person);
  const get = async (person: Person, route: string) =>
    fetch(`${url}${route}`, {
      headers: { authorization: `Bearer ${await token(person)}` },
    });
  return {
    url,
    token,
    get,
    untilCollected: ({ entities = 60 } = {}) => untilCollected(get, entities),
    stop: stopPortal,
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

async function untilCollected(
  get: Portal['get'],
  entities: number,
): Promise<PlumblineStatus> {
  let status: PlumblineStatus | undefined;
  await until(
    async () => {
      const response = await get('platform', '/api/plumbline/v1/status');
      if (!response.ok) return false;
      status = (await response.json()) as PlumblineStatus;
      return (
        status.catalog.entities >= entities &&
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
  const ended = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  child.kill('SIGTERM');
  const killed = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(killed);
}
