import { useCallback, useEffect, useRef, useState } from 'react';

/** A call to a server as a page sees it. `previous` is the last good answer, so that nothing jumps. */
export type Call<T> =
  | { status: 'loading'; previous?: T }
  | { status: 'ready'; value: T }
  | { status: 'failed'; error: Error; previous?: T };

/** The last good answer of a call, if it ever had one. */
export function answerOf<T>(call: Call<T>): T | undefined {
  return call.status === 'ready' ? call.value : call.previous;
}

interface CallOptions<T> {
  /** Whose answers these are: an answer about another subject is never shown meanwhile. */
  subject: string;
  /** Changes when another question is asked. */
  question?: string;
  /** Absent: nothing is asked. */
  load: ((signal: AbortSignal) => Promise<T>) | undefined;
}

/**
 * Calls `load` when the subject or the question changes, and again by `retry`. A call
 * that is no longer wanted is aborted and its answer ignored.
 */
export function useCall<T>(options: CallOptions<T>): {
  call: Call<T>;
  retry: () => void;
} {
  const { subject, question, load } = options;
  const [state, setState] = useState<{ subject: string; call: Call<T> }>({
    subject,
    call: { status: 'loading' },
  });
  const [attempt, setAttempt] = useState(0);
  const loadRef = useRef(load);
  loadRef.current = load;
  const wanted = load !== undefined;

  useEffect(() => {
    const ask = loadRef.current;
    if (!wanted || !ask) {
      return undefined;
    }
    const controller = new AbortController();
    const settle = (next: (previous: T | undefined) => Call<T>) => {
      if (!controller.signal.aborted) {
        setState(before => ({
          subject,
          call: next(
            before.subject === subject ? answerOf(before.call) : undefined,
          ),
        }));
      }
    };
    settle(previous => ({ status: 'loading', previous }));
    ask(controller.signal).then(
      value => settle(() => ({ status: 'ready', value })),
      error =>
        settle(previous => ({
          status: 'failed',
          error: error instanceof Error ? error : new Error(String(error)),
          previous,
        })),
    );
    return () => controller.abort();
  }, [subject, question, wanted, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return {
    call: state.subject === subject ? state.call : { status: 'loading' },
    retry,
  };
}
