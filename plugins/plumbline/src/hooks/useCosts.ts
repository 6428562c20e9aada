import { useApi } from '@backstage/core-plugin-api';
import type {
  CostQuery,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';
import { useCall } from './useCall';

/** The costs of an entity; without a query nothing is asked. */
export function useCosts(entityRef: EntityRef, query: CostQuery | undefined) {
  const api = useApi(plumblineApiRef);
  return useCall({
    subject: entityRef,
    question: JSON.stringify(query),
    load: query && (signal => api.getCosts(entityRef, query, { signal })),
  });
}
