import { useApi } from '@backstage/core-plugin-api';
import type {
  EntityBindings,
  EntityRef,
  PlumblineApi,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';
import { useCall } from './useCall';

const PAGE = 100;
const MOST_PAGES = 5;

/**
 * What belongs to an entity, its pages put together. Of very many only the first
 * {@link MOST_PAGES} pages are read; `nextCursor` then says that there are more.
 */
export function useBindings(entityRef: EntityRef) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: entityRef,
    load: signal => readPages(api, entityRef, signal),
  });
}

async function readPages(
  api: PlumblineApi,
  entityRef: EntityRef,
  signal: AbortSignal,
): Promise<EntityBindings> {
  let read = await api.getBindings(entityRef, { limit: PAGE }, { signal });
  for (let page = 1; page < MOST_PAGES && read.nextCursor; page++) {
    const next = await api.getBindings(
      entityRef,
      { limit: PAGE, cursor: read.nextCursor },
      { signal },
    );
    read = { ...next, bindings: [...read.bindings, ...next.bindings] };
  }
  return read;
}
