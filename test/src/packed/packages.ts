import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/portal';

/** A package that is published, and the archive that `yarn pack` made of it. */
export interface PackedPackage {
  name: string;
  archive: string;
}

/**
 * Builds and packs every package under `plugins/` as a release would.
 *
 * @param yarn - runs Yarn in a folder
 * @param folder - where the archives go
 */
export function packAll(
  yarn: (args: string[], cwd: string) => void,
  folder: string,
): PackedPackage[] {
  yarn(['tsc'], root);
  const plugins = path.join(root, 'plugins');
  return readdirSync(plugins, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name: directory }) => {
      const cwd = path.join(plugins, directory);
      const { name } = JSON.parse(
        readFileSync(path.join(cwd, 'package.json'), 'utf8'),
      ) as { name: string };
      const archive = path.join(folder, `${directory}.tgz`);
      yarn(['build'], cwd);
      yarn(['pack', '--out', archive], cwd);
      return { name, archive };
    });
}
