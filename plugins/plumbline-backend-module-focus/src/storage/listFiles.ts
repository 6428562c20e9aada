import { isError } from '@backstage/errors';
import { promises as fs, type Dirent } from 'node:fs';
import path from 'node:path';
import { isVisible } from '../layout/isVisible';
import type { ExportFile } from './ExportStorage';

/**
 * All files below a folder. A symbolic link counts where it leads to what has no visible name of its own below
 * the folder: nothing is listed twice, and nothing beyond the folder.
 *
 * @param root - real path of the folder
 * @internal
 */
export async function listFiles(
  root: string,
  signal: AbortSignal,
): Promise<ExportFile[]> {
  const files: ExportFile[] = [];
  const seen = new Set<string>();
  const links: string[] = [];

  async function addFile(name: string, real: string) {
    if (isVisible(name)) {
      if (seen.has(real)) {
        return;
      }
      seen.add(real);
    }
    files.push(describe(name, await fs.stat(real)));
  }

  async function addFolder(name: string, real: string) {
    signal.throwIfAborted();
    if (isVisible(name)) {
      seen.add(real);
    }
    for (const entry of await sorted(real)) {
      const below = name ? `${name}/${entry.name}` : entry.name;
      const inside = path.join(real, entry.name);
      if (entry.isSymbolicLink()) {
        links.push(below);
      } else if (entry.isDirectory()) {
        await addFolder(below, inside);
      } else if (entry.isFile()) {
        await addFile(below, inside);
      }
    }
  }

  await addFolder('', root);
  // After all that lies there under its own name.
  for (let name = links.shift(); name !== undefined; name = links.shift()) {
    const real = isVisible(name)
      ? await realPath(path.join(root, name))
      : undefined;
    if (real?.startsWith(root + path.sep) && !seen.has(real)) {
      const stat = await fs.stat(real);
      if (stat.isDirectory()) {
        await addFolder(name, real);
      } else if (stat.isFile()) {
        await addFile(name, real);
      }
    }
  }
  return files;
}

/** What a file is at this moment. @internal */
export function describe(
  name: string,
  stat: { size: number; mtimeMs: number; mtime: Date },
): ExportFile {
  return {
    name,
    size: stat.size,
    modified: stat.mtime,
    version: String(stat.mtimeMs),
  };
}

async function sorted(folder: string): Promise<Dirent[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Undefined where a link leads nowhere, or in a circle. */
async function realPath(link: string): Promise<string | undefined> {
  try {
    return await fs.realpath(link);
  } catch (error) {
    if (isError(error) && (error.code === 'ENOENT' || error.code === 'ELOOP')) {
      return undefined;
    }
    throw error;
  }
}
