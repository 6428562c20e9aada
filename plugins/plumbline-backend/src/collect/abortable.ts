/**
 * Hands on what comes until the signal is aborted, then throws its reason: a source that hangs, or pays no
 * heed to its signal, stops nobody.
 *
 * @internal
 */
export async function* abortable<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  signal.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  // Whoever loses the race must not become an unhandled rejection.
  aborted.catch(() => {});

  let finished = false;
  try {
    for (;;) {
      const next = iterator.next();
      next.catch(() => {});
      const result = await Promise.race([next, aborted]);
      if (result.done) {
        finished = true;
        return;
      }
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!finished) {
      // A source that hangs would never answer: it is told, and not waited for.
      iterator.return?.().then(undefined, () => {});
    }
  }
}
