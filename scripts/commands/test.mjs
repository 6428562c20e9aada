import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { install } from '../lib/install.mjs';
import { backstageCli, root } from '../lib/paths.mjs';
import { ended, launch, stopOnSignals } from '../lib/processes.mjs';
import { toolchain } from '../lib/toolchain.mjs';

/** Time for one test, in ms: what takes one second here may take ten on a busy machine. */
const PATIENCE = '--testTimeout=60000';

/**
 * `npm test [-- <arguments>]`: the unit tests of every package and of these scripts; with arguments, what
 * `backstage-cli repo test` makes of them.
 */
export async function test(args) {
  stopOnSignals();
  const tools = await toolchain();
  await install(tools);
  const env = { ...tools.env, CI: '1', BACKSTAGE_TEST_DISABLE_DOCKER: '1' };
  const show = (program, programArgs) =>
    ended(
      launch(program, programArgs, {
        cwd: root,
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    );

  const outcomes = [];
  if (args.length === 0) {
    outcomes.push(await show(tools.node, ['--test', ...(await scriptTests())]));
  }
  outcomes.push(
    await show(tools.node, [
      backstageCli,
      'repo',
      'test',
      `--maxWorkers=${workers()}`,
      ...args,
    ]),
  );
  return outcomes.every(outcome => outcome === 0) ? 0 : 1;
}

/** Jest leaves one processor free, which is half of a small machine. */
function workers() {
  return Math.max(2, availableParallelism() - 1);
}

async function scriptTests() {
  const folder = path.join(root, 'scripts/lib');
  const names = (await readdir(folder)).filter(name =>
    name.endsWith('.test.mjs'),
  );
  return names.map(name => path.join(folder, name));
}
