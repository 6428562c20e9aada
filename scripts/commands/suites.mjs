import path from 'node:path';
import { install } from '../lib/install.mjs';
import { nodeTransform, root } from '../lib/paths.mjs';
import { ended, launch, stopOnSignals } from '../lib/processes.mjs';
import { toolchain } from '../lib/toolchain.mjs';

/** `yarn bench <suite> [--data <dir>]`: measures, one JSON object a line. */
export const bench = args => runSuite('bench', args);

/** `yarn conformance <suite> <dir>`: runs the product on files that others made. */
export const conformance = args => runSuite('conformance', args);

/** `yarn bundle`: starts the production bundle, extracted. */
export const bundle = args => runSuite('bundle', args);

/** `yarn browser`: the demo portal in Chromium. */
export const browser = args => runSuite('browser', args);

/** `yarn test:packed`: packed packages in a portal fresh from create-app. */
export const packed = args => runSuite('packed', args);

async function runSuite(kind, args) {
  stopOnSignals();
  // What the tools say goes to stderr: stdout belongs to the suite, programs read it.
  console.log = console.error;
  const tools = await toolchain();
  await install(tools);
  const entry = path.join(root, 'test/src', kind, 'index.ts');
  const outcome = await ended(
    launch(tools.node, ['--require', nodeTransform, entry, ...args], {
      cwd: process.env.INIT_CWD ?? process.cwd(),
      env: tools.env,
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  return outcome === 0 ? 0 : 1;
}
