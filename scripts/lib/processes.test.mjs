import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { cache, root } from './paths.mjs';
import { eachLine, ended, launch, run, stopAll } from './processes.mjs';

const options = { cwd: root, env: process.env };

test('a program that fails shows its last lines and where the rest is', async t => {
  const log = `test-${process.pid}`;
  t.after(() => rm(path.join(cache, 'logs', `${log}.log`)));
  const script = 'console.log("one"); console.error("two"); process.exit(3)';
  await assert.rejects(
    run(process.execPath, ['-e', script], { ...options, log }),
    error => {
      assert.match(error.message, /\| one/);
      assert.match(error.message, /\| two/);
      assert.match(error.message, /ended with 3; .*test-\d+\.log/);
      return true;
    },
  );
});

test('a program that is not there fails by name', async t => {
  const log = `test-${process.pid}`;
  t.after(() => rm(path.join(cache, 'logs', `${log}.log`)));
  await assert.rejects(run('no-such-program', [], { ...options, log }), {
    message: /no-such-program ENOENT/,
  });
});

test(
  'stopping ends what was started and what that started',
  { skip: process.platform === 'win32', timeout: 5000 },
  async () => {
    // Both hold the pipe: it closes only when both have ended.
    const stay = 'setTimeout(() => {}, 20000);';
    const script = `require('child_process').spawn(process.execPath, ['-e', '${stay}'], { stdio: 'inherit' }); console.log('up'); ${stay}`;
    const child = launch(process.execPath, ['-e', script], {
      ...options,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = ended(child);
    await new Promise(resolve => {
      eachLine(child.stdout, resolve);
    });
    await stopAll();
    assert.equal(await closed, 'SIGTERM');
  },
);

test('the outcome is the exit code or the signal', async () => {
  const exit = spawn(process.execPath, ['-e', 'process.exit(4)']);
  assert.equal(await ended(exit), 4);
  const killed = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  killed.kill('SIGTERM');
  assert.equal(await ended(killed), 'SIGTERM');
});
