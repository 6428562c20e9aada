import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { FocusReadError } from '../FocusReadError';
import type { ExportFile } from '../storage/ExportStorage';
import type { StagedFile } from './lines';

/** Gzip makes nothing smaller than this: a smaller file need not be inflated to be known. */
const DENSEST = 1_032;

/**
 * Before files are fetched: whether what was listed is within the limit.
 *
 * @throws FocusReadError when it is not
 * @internal
 */
export function refuseTooLarge(files: ExportFile[], maxBytes: number): void {
  if (files.reduce((sum, file) => sum + file.size, 0) > maxBytes) {
    throw tooLarge(maxBytes);
  }
}

/**
 * Once files are there: whether they stay within the limit when inflated. Inflates only what might not.
 *
 * @throws FocusReadError when they don't
 * @internal
 */
export async function refuseTooLargeInflated(
  files: StagedFile[],
  maxBytes: number,
  signal: AbortSignal,
): Promise<void> {
  const zipped = files.filter(({ path }) => path.endsWith('.gz'));
  const sizes = (of: StagedFile[]) =>
    of.reduce((sum, { file }) => sum + file.size, 0);
  let left = maxBytes - (sizes(files) - sizes(zipped));
  if (sizes(zipped) * DENSEST <= left) {
    return;
  }
  for (const { file, path } of zipped) {
    left -= await inflatedSize(path, left, signal);
    if (left < 0) {
      throw tooLarge(maxBytes, file);
    }
  }
}

/** Counts no further than just past the limit. */
async function inflatedSize(
  path: string,
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  const file = createReadStream(path, { signal });
  const inflated = file.pipe(createGunzip({ chunkSize: 1 << 20 }));
  file.on('error', error => inflated.destroy(error));
  let bytes = 0;
  try {
    for await (const chunk of inflated) {
      bytes += chunk.length;
      if (bytes > limit) {
        break;
      }
    }
  } catch {
    signal.throwIfAborted();
    // A file that is cut short: reading it says so, with its row.
  } finally {
    file.destroy();
  }
  return bytes;
}

function tooLarge(maxBytes: number, file?: ExportFile): FocusReadError {
  return new FocusReadError([
    {
      severity: 'error',
      file: file?.name,
      message: `${
        file ? `With '${file.name}' inflated, the files` : 'The files'
      } that are read together have more than ${maxBytes} bytes. Raise 'limits.maxBytes' of the export if they are what the provider delivers.`,
    },
  ]);
}
