import { createReadStream } from 'node:fs';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  InputError,
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { nameOfPlace, withoutSecrets, type Place } from './Place';

/**
 * Reads a file as UTF-8, and stops as soon as it turns out to be too large. Backstage's reader follows redirects
 * only to hosts of its own configuration.
 *
 * @param options - `advice`: what to do about a file that is larger than `maxBytes`
 * @throws InputError when it is larger
 * @throws NotFoundError or ServiceUnavailableError, which hold no query of a URL, when it cannot be read
 * @throws the reason of the signal, whether the reader minds it or not
 * @public
 */
export async function readPlace(
  place: Place,
  options: {
    urlReader: UrlReaderService;
    maxBytes: number;
    advice: string;
    signal: AbortSignal;
  },
): Promise<string> {
  const { maxBytes, advice, signal } = options;
  signal.throwIfAborted();
  let content: Buffer | undefined;
  try {
    content = await Promise.race([
      'path' in place
        ? contentOf(createReadStream(place.path, { signal }), maxBytes)
        : contentAt(place.url, options),
      aborted(signal),
    ]);
  } catch (error) {
    signal.throwIfAborted();
    if ('path' in place) {
      throw error;
    }
    throw couldNotRead(place, error);
  }
  if (!content) {
    throw new InputError(
      `${nameOfPlace(place)} is larger than ${
        maxBytes / 1024 / 1024
      } MB and is not read; ${advice}`,
    );
  }
  return content.toString('utf8');
}

async function contentAt(
  url: string,
  options: {
    urlReader: UrlReaderService;
    maxBytes: number;
    signal: AbortSignal;
  },
): Promise<Buffer | undefined> {
  const { urlReader, maxBytes } = options;
  // Ending the stream does not end the connection that feeds it.
  const enough = new AbortController();
  const signal = AbortSignal.any([options.signal, enough.signal]);
  try {
    const response = await urlReader.readUrl(url, { signal });
    return response.stream
      ? await contentOf(response.stream(), maxBytes)
      : checked(await response.buffer(), maxBytes);
  } finally {
    enough.abort();
  }
}

/** @returns undefined where there is more than that */
async function contentOf(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function checked(content: Buffer, maxBytes: number): Buffer | undefined {
  return content.length > maxBytes ? undefined : content;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    }),
  );
}

/** The reader's own error names the whole URL, so only its words go on. */
function couldNotRead(place: { url: string }, error: unknown): Error {
  const words = `${nameOfPlace(place)} could not be read: ${withoutSecrets(
    isError(error) ? error.message : String(error),
  )}`;
  return isError(error) && error.name === 'NotFoundError'
    ? new NotFoundError(words)
    : new ServiceUnavailableError(words);
}
