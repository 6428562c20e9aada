import { useApi } from '@backstage/core-plugin-api';
import type {
  Month,
  PlumblineApi,
  StatementLinesQuery,
  StatementMonths,
  StatementQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';
import { useCall } from './useCall';

const MONTHS_A_PAGE = 13;

/** The newest billing months, so many pages of them. */
export function useStatementMonths(pages: number) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: 'months',
    question: String(pages),
    load: signal => readMonths(api, pages, signal),
  });
}

async function readMonths(
  api: PlumblineApi,
  pages: number,
  signal: AbortSignal,
): Promise<StatementMonths> {
  let read = await api.getStatements({ limit: MONTHS_A_PAGE }, { signal });
  for (let page = 1; page < pages && read.nextCursor; page++) {
    const next = await api.getStatements(
      { limit: MONTHS_A_PAGE, cursor: read.nextCursor },
      { signal },
    );
    read = { ...next, items: [...read.items, ...next.items] };
  }
  return read;
}

/** A closed month. */
export function useStatement(month: Month, query: StatementQuery) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: month,
    question: JSON.stringify(query),
    load: signal => api.getStatement(month, query, { signal }),
  });
}

/** The lines of one entity or bucket; without one nothing is asked. */
export function useStatementLines(
  month: Month,
  query: StatementLinesQuery | undefined,
) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: `${month} ${query?.of}`,
    question: JSON.stringify(query),
    load: query && (signal => api.getStatementLines(month, query, { signal })),
  });
}
