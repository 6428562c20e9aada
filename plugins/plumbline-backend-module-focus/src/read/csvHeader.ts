import { InputError } from '@backstage/errors';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** No header is longer; a file without a line's end is no CSV. */
const LONGEST = 1_000_000;

/**
 * The names in a CSV file's first line. Read by hand, so that DuckDB need not guess anything of the file.
 *
 * @throws InputError when there is no header
 * @internal
 */
export async function csvHeader(path: string): Promise<string[]> {
  const [, ...names] = `,${await firstLine(path)}`.split(
    /,(?=(?:[^"]*"[^"]*")*[^"]*$)/,
  );
  if (names.some(name => name.trim() === '')) {
    throw new InputError('The first line is no header of named columns');
  }
  return names.map(name =>
    name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"'),
  );
}

async function firstLine(path: string): Promise<string> {
  const file = createReadStream(path);
  const chunks = /\.gz$/.test(path) ? file.pipe(createGunzip()) : file;
  file.on('error', error => chunks.destroy(error));
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of chunks) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes('\n') || text.length > LONGEST) {
        break;
      }
    }
  } finally {
    file.destroy();
  }
  return text.replace(/^\uFEFF/, '').split(/\r?\n/)[0];
}
