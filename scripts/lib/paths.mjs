import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The checkout. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** Everything these scripts make, Git ignores and one may delete. */
export const cache = path.join(root, '.cache');

/** Where Node keeps the compiled form of what it loads, for a quicker second start. */
export const compileCache = path.join(cache, 'compiled');

export const nodeTransform = path.join(
  root,
  'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
);

export const backstageCli = path.join(
  root,
  'node_modules/@backstage/cli/bin/backstage-cli',
);
