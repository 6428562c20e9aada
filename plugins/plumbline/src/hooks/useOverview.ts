import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';
import { useCall } from './useCall';

/** The headlines of an entity. */
export function useOverview(entityRef: EntityRef) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: entityRef,
    load: signal => api.getOverview(entityRef, { signal }),
  });
}
