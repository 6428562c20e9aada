/**
 * Batches that are fetched before they are wanted, about 1 MB each: so the source reads the next partition while
 * the store writes this one.
 */
const READ_AHEAD = 24;

/**
 * Hands on what comes, in its order, reading a little ahead. Once the signal is aborted it throws its reason:
 * a source that hangs, or pays no heed to its signal, stops nobody.
 *
 * @internal
 */
export async function* abortable<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  signal.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  const ahead: Promise<IteratorResult<T>>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  const fetch = () => {
    // One after the other: not every source can be asked twice at a time.
    const next = last.then(async (): Promise<IteratorResult<T>> => {
      if (ended) {
        return { done: true, value: undefined };
      }
      try {
        const result = await iterator.next();
        ended = ended || result.done === true;
        return result;
      } catch (error) {
        ended = true;
        throw error;
      }
    });
    last = next.catch(() => {});
    ahead.push(next);
  };

  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  // Whoever loses the race must not become an unhandled rejection.
  aborted.catch(() => {});

  try {
    for (;;) {
      while (ahead.length < READ_AHEAD && !ended) {
        fetch();
      }
      const next = ahead.shift();
      const result = next && (await Promise.race([next, aborted]));
      if (!result || result.done) {
        return;
      }
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!ended) {
      ended = true;
      // A source that hangs would never answer: it is told, and not waited for.
      iterator.return?.().then(undefined, () => {});
    }
  }
}
