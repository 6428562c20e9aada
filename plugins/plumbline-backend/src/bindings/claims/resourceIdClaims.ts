import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { canonicalResourceId } from './canonical';
import { listOf } from './listOf';
import type { ClaimKind } from './types';

const annotation = ANNOTATIONS.resourceIds;

/** Resources by the id their provider gave them, where no other annotation exists (Azure, GCP). */
export const resourceIdClaims: ClaimKind = {
  extract(entity) {
    const { values, unresolved } = listOf(entity, annotation);
    return {
      claims: values.map(value => ({
        kind: 'resource-id',
        matchedBy: 'resource-id',
        annotation,
        value,
        id: canonicalResourceId(value),
      })),
      unresolved,
    };
  },
};
