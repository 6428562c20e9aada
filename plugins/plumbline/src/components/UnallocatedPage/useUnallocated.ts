import { useCallback, useMemo, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ClaimState,
  PlumblineApi,
  UnallocatedCosts,
  UnallocatedQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import { useSearchParams } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import { useCall } from '../../hooks';
import {
  parseSelection,
  writeSelection,
  type UnallocatedSelection,
} from './unallocatedSelection';

const PAGE = 100;

/** The selection of the URL; each change is a step in the browser's history. */
export function useSelection() {
  const [params, setParams] = useSearchParams();
  const selection = useMemo(() => parseSelection(params), [params]);
  const select = useCallback(
    (change: Partial<UnallocatedSelection>) =>
      setParams(before =>
        writeSelection({ ...parseSelection(before), ...change }),
      ),
    [setParams],
  );
  return { selection, select };
}

/** What a bucket consists of: the first page, and as many more as were asked for. */
export function useUnallocated(query: UnallocatedQuery) {
  const api = useApi(plumblineApiRef);
  const key = JSON.stringify(query);
  const [more, setMore] = useState({ key, pages: 1 });
  const pages = more.key === key ? more.pages : 1;
  const asked = useCall({
    subject: query.bucket,
    question: `${key} ${pages}`,
    load: signal => readPages(api, query, pages, signal),
  });
  return { ...asked, showMore: () => setMore({ key, pages: pages + 1 }) };
}

async function readPages(
  api: PlumblineApi,
  query: UnallocatedQuery,
  pages: number,
  signal: AbortSignal,
): Promise<UnallocatedCosts> {
  let read = await api.getUnallocated({ ...query, limit: PAGE }, { signal });
  for (let page = 1; page < pages && read.nextCursor; page++) {
    const next = await api.getUnallocated(
      { ...query, limit: PAGE, cursor: read.nextCursor },
      { signal },
    );
    read = { ...next, groups: [...read.groups, ...next.groups] };
  }
  return read;
}

/** The tag keys that the selected resources carry; asked for only where they are offered. */
export function useTagKeys(query: UnallocatedQuery, wanted: boolean) {
  const api = useApi(plumblineApiRef);
  const { groupBy: _groupBy, tagKey: _tagKey, ...selection } = query;
  return useCall({
    subject: query.bucket,
    question: JSON.stringify(selection),
    load: wanted
      ? signal => api.getUnallocatedTagKeys(selection, { signal })
      : undefined,
  });
}

/** Claims of one state, or of all; asked again when the count changes. */
export function useClaims(state: ClaimState | undefined, count: number) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: 'claims',
    question: `${state} ${count}`,
    load: signal => api.listClaims({ ...(state && { state }) }, { signal }),
  });
}
