import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exportBilling } from '../lib/exportBilling';
import { Portal, root, startPortal } from '../lib/portal';
import { run } from '../lib/run';

/**
 * The production bundle of the portal: built, extracted into a folder of its own with production
 * dependencies only, and started there without any of the sources.
 */

const PORT = 7108;
let folder: string;
let portal: Portal;

const yarn = (args: string[], cwd: string) =>
  run(process.execPath, [path.join(root, 'scripts/run.mjs'), 'yarn', ...args], {
    cwd,
  });

describe('the production bundle', { timeout: 1_200_000 }, () => {
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'plumbline-bundle-'));
    const app = path.join(folder, 'app');
    mkdirSync(app);
    yarn(['tsc'], root);
    yarn(['workspace', 'app', 'build'], root);
    yarn(['workspace', 'backend', 'build'], root);
    for (const archive of ['skeleton.tar.gz', 'bundle.tar.gz']) {
      run(
        'tar',
        ['xzf', path.join(root, 'packages/backend/dist', archive), '-C', app],
        { cwd: root },
      );
    }
    for (const file of [
      'yarn.lock',
      'package.json',
      '.yarnrc.yml',
      'app-config.yaml',
      'backstage.json',
    ]) {
      if (!existsSync(path.join(app, file))) {
        copyFileSync(path.join(root, file), path.join(app, file));
      }
    }
    yarn(['workspaces', 'focus', '--all', '--production'], app);
    exportBilling(path.join(folder, 'billing'), path.join(folder, 'figures'));
    writeFileSync(path.join(folder, 'bundle.yaml'), configuration(folder));

    portal = await startPortal({
      command: process.execPath,
      args: [
        'packages/backend',
        '--config',
        path.join(app, 'app-config.yaml'),
        '--config',
        path.join(folder, 'bundle.yaml'),
      ],
      cwd: app,
      env: { NODE_ENV: 'production', NODE_OPTIONS: '' },
      url: `http://localhost:${PORT}`,
      timeoutMs: 120_000,
    });
  });

  after(async () => {
    await portal?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves the front end', async () => {
    const response = await fetch(portal.url);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /<div id="root">/);
  });

  it('imports a bill with DuckDB, and metrics', async () => {
    const status = await portal.untilCollected({ entities: 0 });
    for (const source of status.sources) {
      assert.equal(source.lastRun?.state, 'succeeded', JSON.stringify(source));
      assert.ok(source.lastRun!.rows > 0);
    }
  });

  it('refuses the caller without a token', async () => {
    const response = await fetch(`${portal.url}/api/plumbline/v1/status`);
    assert.equal(response.status, 401);
  });
});

function configuration(dir: string): string {
  return `
app: { baseUrl: 'http://localhost:${PORT}' }
backend:
  baseUrl: http://localhost:${PORT}
  listen: { host: 127.0.0.1, port: ${PORT} }
  database: { client: better-sqlite3, connection: { directory: '${dir}/db' } }
auth: { providers: { demo: { dangerouslyAllowOutsideDevelopment: true } } }
catalog: { locations: [] }
plumbline:
  focus:
    exports:
      - { name: aws, path: '${dir}/billing/aws' }
  metrics:
    csv:
      - { name: traffic, path: '${dir}/figures/metrics.csv' }
  currency: { ratesFile: '${dir}/figures/exchange-rates.csv' }
`;
}
