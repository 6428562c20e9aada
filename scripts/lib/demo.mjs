import path from 'node:path';
import { exists, fingerprint, unlessUnchanged } from './fingerprint.mjs';
import { cache, compileCache, nodeTransform, root } from './paths.mjs';
import { eachLine, ended, launch, run } from './processes.mjs';
import { requireFreePort } from './ports.mjs';
import { step, StepError } from './steps.mjs';

const commands = path.join(root, 'packages/demo/src/cli');
const billing = path.join(cache, 'demo/billing');
const figures = path.join(cache, 'demo/figures');

const hosts = {
  7017: "the demo company's GitHub",
  7018: "the demo company's Gitea",
};

/** Throws when a port of the demo company's Git hosts is taken. */
export async function requireCompanyPorts() {
  for (const [port, purpose] of Object.entries(hosts)) {
    await requireFreePort(
      Number(port),
      purpose,
      'if it is another portal of yours, use that.',
    );
  }
}

/** Writes the demo company's billing export, metrics and exchange rates; anew every day, as its last day is yesterday. */
export async function exportBilling({ node, env }) {
  if (!(await exists(path.join(commands, 'index.ts')))) {
    return;
  }
  const sources = await fingerprint(root, [
    'packages/demo/src',
    'packages/demo/package.json',
  ]);
  const print = `${sources} ${new Date().toISOString().slice(0, 10)}`;
  await step(
    'write the demo billing export',
    'correct what the messages name and try again.',
    () =>
      unlessUnchanged(path.join(cache, 'stamps/billing'), print, {
        isThere: async () => (await exists(billing)) && exists(figures),
        work: () =>
          run(
            node,
            demoCommand('export', '--out', billing, '--figures', figures),
            { log: 'demo-export', cwd: root, env },
          ),
      }),
  );
}

/**
 * Starts the demo company's Git hosts and clouds.
 *
 * @returns {Promise<import('node:child_process').ChildProcess | undefined>}
 */
export async function startCompany({ node, env }) {
  if (!(await exists(path.join(commands, 'up.ts')))) {
    return undefined;
  }
  const child = launch(node, demoCommand('up'), {
    cwd: root,
    env: { ...env, NODE_ENV: 'development', NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await step('start the demo company', 'read the messages above.', () =>
    Promise.race([readyLine(child), endedEarly(child)]),
  );
  return child;
}

function demoCommand(...args) {
  return ['--require', nodeTransform, path.join(commands, 'index.ts'), ...args];
}

function readyLine(child) {
  return new Promise(resolve => {
    eachLine(child.stdout, line => /\bready\b/i.test(line) && resolve());
  });
}

async function endedEarly(child) {
  throw new StepError(
    `Failed: start the demo company, which ended with ${await ended(child)}.`,
  );
}
