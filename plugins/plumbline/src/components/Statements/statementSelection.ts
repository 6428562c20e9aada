import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type {
  StatementAsOf,
  StatementBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import { byOptions } from './words';

/** What of a statement is looked at. All of it lives in the URL. */
export interface StatementSelection {
  by: StatementBy;
  asOf: StatementAsOf;
  search: string;
  /** The entity or bucket whose lines are shown. */
  of?: string;
}

/** Reads the selection from the URL; what makes no sense falls back to its default. */
export function parseStatementSelection(
  params: URLSearchParams,
): StatementSelection {
  return {
    by: byOptions.find(({ id }) => id === params.get('by'))?.id ?? 'owner',
    asOf: params.get('as-of') === 'original' ? 'original' : 'restated',
    search: params.get('search') ?? '',
    of: params.get('of') ?? undefined,
  };
}

/** Writes the selection into the URL, without what is default. */
export function writeStatementSelection(
  { by, asOf, search, of }: StatementSelection,
  params: URLSearchParams,
): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (name: string, value: string | undefined, usual?: string) =>
    value === undefined || value === '' || value === usual
      ? next.delete(name)
      : next.set(name, value);
  put('by', by, 'owner');
  put('as-of', asOf, 'restated');
  put('search', search);
  put('of', of);
  return next;
}

/** The selection of the URL. Every choice is a step in the browser's history; typing is none. */
export function useStatementSelection() {
  const [params, setParams] = useSearchParams();
  const selection = useMemo(() => parseStatementSelection(params), [params]);
  const select = useCallback(
    (change: Partial<StatementSelection>) =>
      setParams(
        before =>
          writeStatementSelection(
            { ...parseStatementSelection(before), ...change },
            before,
          ),
        { replace: 'search' in change },
      ),
    [setParams],
  );
  return { selection, select };
}
