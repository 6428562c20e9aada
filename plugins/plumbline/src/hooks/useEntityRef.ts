import { useEntity } from '@backstage/plugin-catalog-react';
import type { Entity } from '@backstage/catalog-model';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';

/** The entity of the page with its full, lower-case reference. */
export function useEntityRef(): { entity: Entity; entityRef: EntityRef } {
  const { entity } = useEntity();
  return {
    entity,
    entityRef: toEntityRef({
      kind: entity.kind,
      namespace: entity.metadata.namespace,
      name: entity.metadata.name,
    }),
  };
}
