import { AwsReadError } from './errors';
import { explain } from './explain';
import type { AwsQuestion } from './service';

/**
 * Reads an answer page by page.
 *
 * @param read - reads the page of a token, and returns the next one's
 * @throws AwsReadError where a page is missing or the end is not known, AwsAccessError where nothing may be read
 * @internal
 */
export async function readPages(
  question: AwsQuestion,
  signal: AbortSignal,
  read: (token: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    signal.throwIfAborted();
    try {
      token = await read(token);
    } catch (error) {
      signal.throwIfAborted();
      throw explain(error, question);
    }
    // It would cost us money for ever, and half an answer must not pass as the whole.
    if (token && seen.has(token)) {
      throw new AwsReadError(
        `${question.service.title} repeats a page of ${question.what}, so its end is not known; the next run asks again`,
      );
    }
    seen.add(token ?? '');
  } while (token);
}
