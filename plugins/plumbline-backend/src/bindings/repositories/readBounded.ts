import type {
  UrlReaderService,
  UrlReaderServiceReadUrlResponse,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const MAX_ETAG = 255;

/**
 * Reads a file of a Git host that is no larger than said, in the time the signal gives.
 *
 * @param options - `name`: of the file, for messages
 * @throws InputError when it is larger
 * @throws the reason of the signal, whether the reader minds it or not
 * @throws what the reader answers, such as NotFoundError and NotModifiedError
 */
export async function readBounded(
  urlReader: UrlReaderService,
  url: string,
  options: {
    name: string;
    maxBytes: number;
    signal: AbortSignal;
    etag?: string;
  },
): Promise<{ content: Buffer; etag?: string }> {
  const { signal, etag } = options;
  signal.throwIfAborted();
  // Not every reader minds the signal.
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    }),
  );
  const reading = urlReader
    .readUrl(url, { etag, signal })
    .then(async response => ({
      content: await contentOf(response, options),
      etag:
        response.etag && response.etag.length <= MAX_ETAG
          ? response.etag
          : undefined,
    }));
  return Promise.race([reading, aborted]);
}

async function contentOf(
  response: UrlReaderServiceReadUrlResponse,
  limits: { name: string; maxBytes: number },
): Promise<Buffer> {
  if (!response.stream) {
    return checked(await response.buffer(), limits);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.stream()) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    chunks.push(bytes);
    if (size > limits.maxBytes) {
      break;
    }
  }
  return checked(Buffer.concat(chunks), limits);
}

function checked(
  content: Buffer,
  { name, maxBytes }: { name: string; maxBytes: number },
): Buffer {
  if (content.length > maxBytes) {
    throw new InputError(
      `${name} is larger than ${
        maxBytes / 1024
      } kB and is not read; shorten it on the default branch`,
    );
  }
  return content;
}
