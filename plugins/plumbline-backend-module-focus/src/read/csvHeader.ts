import { InputError } from '@backstage/errors';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** No header is longer; a file without a line's end is no CSV. */
const LONGEST = 64 * 1024;

/**
 * The names in a CSV file's first line. Read by hand, so that DuckDB need not guess anything of the file.
 *
 * @throws InputError when there is no header, or one of more than 64 kB
 * @internal
 */
export async function csvHeader(path: string): Promise<string[]> {
  const text = await beginning(path);
  const names = namesIn(text);
  if (!names) {
    throw new InputError(
      text.length > LONGEST
        ? 'The first line is longer than 64 kB, so it is no header of named columns'
        : 'A quote of the first line is not closed',
    );
  }
  if (names.some(name => name.trim() === '')) {
    throw new InputError('The first line is no header of named columns');
  }
  return names.map(name => name.trim());
}

/** Names up to the first line's end; undefined where it does not end within the longest. */
function namesIn(text: string): string[] | undefined {
  const names: string[] = [];
  let name = '';
  let quoted = false;
  const end = Math.min(text.length, LONGEST);
  for (let i = 0; i < end; i++) {
    const char = text[i];
    if (char === '"' && quoted && text[i + 1] === '"') {
      name += char;
      i++;
    } else if (char === '"') {
      quoted = !quoted;
    } else if (char === '\n' && !quoted) {
      return [...names, name];
    } else if (char === ',' && !quoted) {
      names.push(name);
      name = '';
    } else {
      name += char;
    }
  }
  return quoted || text.length > LONGEST ? undefined : [...names, name];
}

async function beginning(path: string): Promise<string> {
  const file = createReadStream(path);
  const chunks = /\.gz$/.test(path) ? file.pipe(createGunzip()) : file;
  file.on('error', error => chunks.destroy(error));
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of chunks) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LONGEST) {
        break;
      }
    }
  } finally {
    file.destroy();
  }
  return text.replace(/^\uFEFF/, '');
}
