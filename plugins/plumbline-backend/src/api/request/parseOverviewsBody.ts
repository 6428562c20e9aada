import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * The entities that a list of overviews is asked for, each once.
 *
 * @throws InputError when one is no entity reference.
 * @internal
 */
export function parseOverviewsBody(body: {
  entityRefs: readonly string[];
}): EntityRef[] {
  return [...new Set(body.entityRefs.map(ref => toEntityRef(ref)))];
}
