import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { selectorOf } from './selectorOf';
import type { ClaimKind } from './types';

/** Resources by tags. */
export const tagSelectorClaims: ClaimKind = {
  extract: entity => selectorOf(entity, ANNOTATIONS.costInsightsTags),
};
