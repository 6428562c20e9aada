import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ChargeRow,
  ChargesQuery,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';
import { useCall } from './useCall';

const LARGE_PAGE = 1_000;

/** The rows that came after the first page. */
interface More {
  question: string;
  rows: ChargeRow[];
  cursor: string | undefined;
  loading: boolean;
  error?: Error;
}

/** What a figure is made of: its first page, and more rows when they are asked for. */
export function useCharges(
  entityRef: EntityRef,
  query: ChargesQuery | undefined,
) {
  const api = useApi(plumblineApiRef);
  const question = JSON.stringify([entityRef, query]);
  const { call, retry } = useCall({
    subject: question,
    question,
    load: query && (signal => api.getCharges(entityRef, query, { signal })),
  });
  const first = call.status === 'ready' ? call.value : undefined;
  const [more, setMore] = useState<More>();
  const current = useRef(question);
  current.current = question;
  useEffect(() => setMore(undefined), [first]);

  const known = more?.question === question ? more : undefined;
  const cursor = known ? known.cursor : first?.nextCursor;
  const loadMore = useCallback(async () => {
    if (!query || !cursor) {
      return;
    }
    const base = { question, rows: known?.rows ?? [], cursor };
    setMore({ ...base, loading: true });
    const settle = (next: More) =>
      current.current === question && setMore(next);
    try {
      const page = await api.getCharges(entityRef, { ...query, cursor });
      settle({
        question,
        rows: [...base.rows, ...page.rows],
        cursor: page.nextCursor,
        loading: false,
      });
    } catch (error) {
      settle({
        ...base,
        loading: false,
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }, [api, entityRef, query, question, cursor, known]);

  const readAll = useCallback(async () => {
    const rows: ChargeRow[] = [];
    let next: string | undefined;
    do {
      const page = await api.getCharges(entityRef, {
        ...query!,
        limit: LARGE_PAGE,
        cursor: next,
      });
      rows.push(...page.rows);
      next = page.nextCursor;
    } while (next);
    return rows;
  }, [api, entityRef, query]);

  return {
    call,
    retry,
    rows: [...(first?.rows ?? []), ...(known?.rows ?? [])],
    more: {
      there: cursor !== undefined,
      loading: known?.loading ?? false,
      error: known?.error,
      load: loadMore,
    },
    readAll,
  };
}
