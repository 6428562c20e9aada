import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The checkout. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** Everything these scripts make, Git ignores and one may delete. */
export const cache = path.join(root, '.cache');

export const nodeTransform = path.join(
  root,
  'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
);

export const backstageCli = path.join(
  root,
  'node_modules/@backstage/cli/bin/backstage-cli',
);
