import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';

/** Where the Plumbline tab of any entity lies, by its reference. */
export function useEntityPage(): (ref: string) => string {
  const entityRoute = useRouteRef(entityRouteRef);
  return ref =>
    `${entityRoute(entityRouteParams(parseEntityRef(ref)))}/plumbline`;
}
