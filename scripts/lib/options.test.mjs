import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { DEFAULT_PORT, parseOptions, portalEnv } from './options.mjs';

test('without options the portal stands where app-config.yaml says', () => {
  assert.deepEqual(parseOptions([]), { port: DEFAULT_PORT, configs: [] });
  assert.deepEqual(portalEnv(DEFAULT_PORT), {});
});

test('another port moves the front end and the back end', () => {
  const { port } = parseOptions(['--port', '7107']);
  assert.deepEqual(portalEnv(port), {
    APP_CONFIG_app_baseUrl: '"http://localhost:7107"',
    APP_CONFIG_backend_baseUrl: '"http://localhost:7107"',
    APP_CONFIG_backend_listen_port: '7107',
  });
});

test('further configuration is found from where the command was given', () => {
  const { configs } = parseOptions([
    '--config',
    '/a.yaml',
    '--config',
    'b.yaml',
  ]);
  assert.equal(configs[0], '/a.yaml');
  assert.ok(path.isAbsolute(configs[1]));
});

test('what cannot be understood is refused', () => {
  for (const args of [['--port', 'x'], ['--port', '0'], ['--what'], ['file']]) {
    assert.throws(() => parseOptions(args), { name: 'StepError' });
  }
});
