import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { exists, fingerprint, unlessUnchanged } from './fingerprint.mjs';
import { cache, root } from './paths.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

/**
 * Installs what yarn.lock names, unless nothing that decides it has changed since.
 *
 * @param {Awaited<ReturnType<import('./toolchain.mjs').toolchain>>} tools
 * @returns {Promise<number>} the milliseconds that went into downloading
 */
export async function install(tools) {
  const inputs = await installInputs();
  const state = path.join(root, 'node_modules/.yarn-state.yml');
  const download = stopwatch();

  await step(
    'install packages',
    'if the registry was out of reach try again; if yarn.lock does not fit package.json run `yarn install` and commit yarn.lock.',
    async () =>
      unlessUnchanged(
        path.join(cache, 'stamps/install'),
        await fingerprint(root, inputs),
        {
          isThere: () => exists(state),
          work: async () => {
            if (await isNewer(state, inputs)) {
              return 'done by yarn install';
            }
            const [yarn, ...before] = tools.yarn;
            await run(yarn, [...before, 'install', '--immutable'], {
              log: 'install',
              cwd: root,
              env: tools.env,
              onLine: line => {
                if (/Fetch step/.test(line)) download.start();
                if (/Completed/.test(line)) download.stop();
              },
            });
            return undefined;
          },
        },
      ),
  );
  return download.total();
}

/** The files that decide what is installed. */
async function installInputs() {
  const manifests = await Promise.all(
    ['packages', 'plugins'].map(async folder =>
      (
        await readdir(path.join(root, folder))
      ).map(name => `${folder}/${name}/package.json`),
    ),
  );
  return [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    'test/package.json',
    ...manifests.flat(),
  ];
}

/** Whether a file was written after all the others. */
async function isNewer(file, others) {
  const written = await mtime(file);
  const times = await Promise.all(
    others.map(other => mtime(path.join(root, other))),
  );
  return written > Math.max(...times);
}

async function mtime(file) {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

function stopwatch() {
  let since;
  let total = 0;
  return {
    start: () => {
      since = performance.now();
    },
    stop: () => {
      if (since !== undefined) total += performance.now() - since;
      since = undefined;
    },
    total: () => total,
  };
}
