import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { addUpCommand } from './up';

function start(tmp: string): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      require.resolve('./index'),
      'up',
      '--github-port',
      '0',
      '--gitea-port',
      '0',
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: tmp },
    },
  );
}

async function outputUntil(child: ChildProcess, word: string) {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    if (output.includes(word)) {
      return output;
    }
  }
  return output;
}

describe('demo up', () => {
  it('says when it is ready, and ends cleanly when told to, also twice', async () => {
    const tmp = await mkdtemp(join(tmpdir(), 'demo-up-'));
    const child = start(tmp);
    const exited = once(child, 'exit');
    const output = await outputUntil(child, 'ready');
    const url = /http:\/\/localhost:\d+/.exec(output)?.[0];
    const answer = await fetch(`${url}/api/v3/repos/larkspur/shop`);
    expect(answer.status).toBe(200);
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(await readdir(tmp)).toEqual([]);
    await rmdir(tmp);
  });

  it.each([
    ['--github-port', 'seven'],
    ['--gitea-port', '70000'],
    ['--end', 'yesterday'],
  ])('refuses %s %s', async (option, value) => {
    const program = new Command();
    addUpCommand(program);
    for (const command of [program, ...program.commands]) {
      command.exitOverride().configureOutput({ writeErr: () => undefined });
    }
    await expect(
      program.parseAsync(['up', option, value], { from: 'user' }),
    ).rejects.toThrow(CommanderError);
  });
});
