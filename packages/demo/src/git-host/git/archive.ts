import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { Response } from 'express';
import { gitEnvironment } from './git';

/**
 * Streams a commit's files as an archive.
 *
 * @param prefix - the one folder that all files lie in, with a trailing slash
 */
export async function sendArchive(
  res: Response,
  dir: string,
  options: { commit: string; prefix: string; format: 'tar.gz' | 'zip' },
): Promise<void> {
  const child = spawn(
    'git',
    [
      'archive',
      `--format=${options.format}`,
      `--prefix=${options.prefix}`,
      options.commit,
    ],
    { cwd: dir, env: gitEnvironment() },
  );
  child.on('error', error => res.destroy(error));
  res.type(options.format === 'zip' ? 'application/zip' : 'application/gzip');
  await pipeline(child.stdout, res);
}
