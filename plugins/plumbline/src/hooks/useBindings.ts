import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';
import { useCall } from './useCall';

/** What belongs to an entity; `cursor` names the page. */
export function useBindings(entityRef: EntityRef, cursor?: string) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: entityRef,
    question: cursor,
    load: signal =>
      api.getBindings(entityRef, { cursor, limit: 50 }, { signal }),
  });
}
