import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { selectorOf } from './selectorOf';
import type { ClaimKind } from './types';

/**
 * What lies in AWS cost categories. Sources write a category among the tags of what they tell apart by it, under a name
 * that is no tag's, so that neither passes for the other.
 */
export const costCategoryClaims: ClaimKind = {
  extract: entity =>
    selectorOf(
      entity,
      ANNOTATIONS.costInsightsCostCategories,
      name => `costCategory:${name}`,
    ),
};
