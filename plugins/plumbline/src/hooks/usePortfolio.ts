import { useApi } from '@backstage/core-plugin-api';
import type {
  PlumblineApi,
  Portfolio,
  PortfolioQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';
import { useCall } from './useCall';

const FIRST_PAGE = 50;
const LARGEST_PAGE = 500;
const MOST_ATTEMPTS = 3;

/** The portfolio: its first rows, or all of them. */
export function usePortfolio(query: PortfolioQuery, all: boolean) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: 'portfolio',
    question: JSON.stringify([query, all]),
    load: signal =>
      all
        ? readWholePortfolio(api, query, signal)
        : api.getPortfolio({ ...query, limit: FIRST_PAGE }, { signal }),
  });
}

/** All pages put together; from the first again where the bill changed meanwhile. */
export async function readWholePortfolio(
  api: PlumblineApi,
  query: PortfolioQuery,
  signal?: AbortSignal,
): Promise<Portfolio> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readPages(api, query, signal);
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isConflict(error)) {
        throw error;
      }
    }
  }
}

async function readPages(
  api: PlumblineApi,
  query: PortfolioQuery,
  signal?: AbortSignal,
): Promise<Portfolio> {
  const page = (cursor?: string) =>
    api.getPortfolio({ ...query, cursor, limit: LARGEST_PAGE }, { signal });
  let read = await page();
  while (read.nextCursor !== undefined) {
    const next = await page(read.nextCursor);
    read = { ...next, rows: [...read.rows, ...next.rows] };
  }
  return read;
}

function isConflict(error: unknown): boolean {
  return (
    error instanceof Error && 'statusCode' in error && error.statusCode === 409
  );
}
