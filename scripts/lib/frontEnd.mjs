import path from 'node:path';
import { exists, fingerprint, unlessUnchanged } from './fingerprint.mjs';
import { backstageCli, cache, root } from './paths.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

const INPUTS = [
  'app-config.yaml',
  'yarn.lock',
  'packages/app',
  'plugins/plumbline',
  'plugins/plumbline-common',
];

/** Builds packages/app/dist, unless its sources are as they were. */
export async function buildFrontEnd({ node, env }) {
  const app = path.join(root, 'packages/app');
  await step(
    'build the front end',
    'correct what the messages name and try again.',
    async () =>
      unlessUnchanged(
        path.join(cache, 'stamps/front-end'),
        await fingerprint(root, INPUTS),
        {
          isThere: () => exists(path.join(app, 'dist/index.html')),
          work: () =>
            run(node, [backstageCli, 'package', 'build'], {
              log: 'front-end',
              cwd: app,
              env,
            }),
        },
      ),
  );
}
