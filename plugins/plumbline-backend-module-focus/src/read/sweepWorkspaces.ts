import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WORKSPACE_PREFIX, type ReadLimits } from './Workspace';

/** No read takes this long. */
const DAY_MS = 86_400_000;

/**
 * Removes the private folders that processes left behind when they were killed: ours, and untouched for a day.
 * What cannot be removed is logged and stays.
 *
 * @internal
 */
export async function sweepWorkspaces(
  limits: ReadLimits,
  logger: LoggerService,
): Promise<void> {
  const parent = limits.temporaryDirectory ?? tmpdir();
  try {
    for (const name of await fs.readdir(parent)) {
      const folder = path.join(parent, name);
      if (name.startsWith(WORKSPACE_PREFIX) && (await isLeftOver(folder))) {
        await fs.rm(folder, { recursive: true, force: true });
      }
    }
  } catch (error) {
    logger.warn(
      `Folders left in ${parent} could not be removed: ${stringifyError(
        error,
      )}`,
    );
  }
}

async function isLeftOver(folder: string): Promise<boolean> {
  const stat = await fs.lstat(folder);
  return (
    stat.isDirectory() &&
    stat.uid === process.getuid?.() &&
    Date.now() - stat.mtimeMs > DAY_MS
  );
}
