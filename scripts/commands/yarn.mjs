import { install } from '../lib/install.mjs';
import { ended, launch, stopOnSignals } from '../lib/processes.mjs';
import { toolchain } from '../lib/toolchain.mjs';

/** `node scripts/run.mjs yarn <arguments>`: Yarn in this folder, on a machine that has none. */
export async function yarn(args) {
  stopOnSignals();
  const tools = await toolchain();
  await install(tools);
  const [program, ...programArgs] = tools.yarn;
  const outcome = await ended(
    launch(program, [...programArgs, ...args], {
      cwd: process.cwd(),
      env: tools.env,
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  return outcome === 0 ? 0 : 1;
}
