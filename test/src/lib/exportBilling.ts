import path from 'node:path';
import { root } from './portal';
import { run } from './run';

const nodeTransform = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

/** Writes the demo company's bill, so that there is something to import; its metrics and exchange rates where a folder is given. */
export function exportBilling(out: string, figures?: string): void {
  run(
    process.execPath,
    [
      '--require',
      nodeTransform,
      path.join(root, 'packages/demo/src/cli/index.ts'),
      'export',
      '--out',
      out,
      ...(figures ? ['--figures', figures] : []),
    ],
    { cwd: root },
  );
}
