import path from 'node:path';
import {
  exportBilling,
  requireCompanyPorts,
  startCompany,
} from '../lib/demo.mjs';
import { install } from '../lib/install.mjs';
import { parseOptions } from '../lib/options.mjs';
import { backstageCli, root } from '../lib/paths.mjs';
import { requireFreePort } from '../lib/ports.mjs';
import { launch, stopAll, stopOnSignals } from '../lib/processes.mjs';
import { supervise } from '../lib/supervise.mjs';
import { toolchain } from '../lib/toolchain.mjs';

const FRONT_END_PORT = 3000;

/** `yarn dev [--config <file>]…`: both halves of the portal, each reloading when its sources change. */
export async function dev(args) {
  const { port, configs } = parseOptions(args);
  await requireFreePort(
    port,
    'the back end',
    'end the portal that runs already.',
  );
  await requireFreePort(
    FRONT_END_PORT,
    'the front end',
    'end the portal that runs already.',
  );
  await requireCompanyPorts();
  stopOnSignals();

  const tools = await toolchain();
  await install(tools);
  try {
    const [company] = await Promise.all([
      startCompany(tools),
      exportBilling(tools),
    ]);
    const files = [path.join(root, 'app-config.yaml'), ...configs];
    const portal = launch(
      tools.node,
      [
        backstageCli,
        'repo',
        'start',
        ...files.flatMap(file => ['--config', file]),
      ],
      {
        cwd: root,
        env: { ...tools.env, ...devEnv(port), NODE_ENV: 'development' },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    await supervise({
      'the portal': portal,
      ...(company && { 'the demo company': company }),
    });
    return 0;
  } finally {
    await stopAll();
  }
}

/** In this mode the front end has a server of its own, which the back end has to let in. */
function devEnv(port) {
  const frontEnd = `http://localhost:${FRONT_END_PORT}`;
  return {
    APP_CONFIG_app_baseUrl: JSON.stringify(frontEnd),
    APP_CONFIG_backend_baseUrl: JSON.stringify(`http://localhost:${port}`),
    APP_CONFIG_backend_listen_port: String(port),
    APP_CONFIG_backend_cors_origin: JSON.stringify(frontEnd),
    APP_CONFIG_backend_cors_credentials: 'true',
  };
}
