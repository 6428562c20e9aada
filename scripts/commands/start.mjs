import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildFrontEnd } from '../lib/frontEnd.mjs';
import { install } from '../lib/install.mjs';
import { compileCache, nodeTransform, root } from '../lib/paths.mjs';
import { requireFreePort } from '../lib/ports.mjs';
import { parseOptions, portalEnv } from '../lib/options.mjs';
import { launch, stopAll, stopOnSignals } from '../lib/processes.mjs';
import {
  exportBilling,
  requireCompanyPorts,
  startCompany,
} from '../lib/demo.mjs';
import { showProblems } from '../lib/portalLog.mjs';
import { seconds, step } from '../lib/steps.mjs';
import { supervise, untilReady } from '../lib/supervise.mjs';
import { toolchain } from '../lib/toolchain.mjs';

/**
 * `npm start [-- --port <n>] [--config <file>]…`: the demo portal, back end and front end in one process.
 */
export async function start(args) {
  const before = performance.now();
  const { port, configs } = parseOptions(args);
  await requireFreePort(
    port,
    'the portal',
    'take another port: npm start -- --port 7107',
  );
  await requireCompanyPorts();
  stopOnSignals();

  const tools = await toolchain();
  const downloadMs = tools.downloadMs + (await install(tools));
  try {
    const [company] = await Promise.all([
      startCompany(tools),
      exportBilling(tools),
      buildFrontEnd(tools),
    ]);
    const portal = startPortal(tools, port, configs);
    const stopped = supervise({
      'the portal': portal,
      ...(company && { 'the demo company': company }),
    });
    await step('start the portal', 'read the messages above.', () =>
      Promise.race([
        untilReady(`http://127.0.0.1:${port}/.backstage/health/v1/readiness`),
        stopped,
      ]),
    );
    const total = performance.now() - before;
    const split = `download ${seconds(downloadMs)}, the rest ${seconds(
      total - downloadMs,
    )}`;
    console.log(
      `\nready in ${seconds(total)} (${split}): http://localhost:${port}\n`,
    );
    await stopped;
    return 0;
  } finally {
    await stopAll();
  }
}

function startPortal({ node, env }, port, configs) {
  const files = [path.join(root, 'app-config.yaml'), ...configs];
  const child = launch(
    node,
    [
      '--require',
      nodeTransform,
      'src/index.ts',
      ...files.flatMap(file => ['--config', file]),
    ],
    {
      cwd: path.join(root, 'packages/backend'),
      env: {
        ...env,
        ...portalEnv(port),
        NODE_ENV: 'development',
        NODE_COMPILE_CACHE: compileCache,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  showProblems(child);
  return child;
}
