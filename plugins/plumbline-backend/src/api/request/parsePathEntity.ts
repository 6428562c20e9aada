import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';

/** The entity that a path names in three parts. @internal */
export function parsePathEntity(parameters: {
  kind: string;
  namespace: string;
  name: string;
}): EntityRef {
  const { kind, namespace, name } = parameters;
  return toEntityRef({ kind, namespace, name });
}
