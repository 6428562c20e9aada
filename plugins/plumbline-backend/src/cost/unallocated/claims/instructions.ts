import {
  ANNOTATIONS,
  type BucketFilters,
  type ClaimInstructions,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { parseTagFilter } from '../tagFilter';

/** More ids than these nobody wants in a descriptor; the annotation's reader takes 200 at most. */
const MAX_IDS = 50;

/**
 * What makes a claim true: a tag on each resource, or the annotation that names no more than what is claimed.
 *
 * @param resourceIds - all of them, as their providers call them; empty for charges that name no resource
 * @internal
 */
export function instructionsFor(claim: {
  entityRef: EntityRef;
  ownershipTag: string;
  filters?: BucketFilters;
  resourceIds: readonly string[];
}): ClaimInstructions {
  const annotation =
    selectorFor(claim.filters) ??
    accountFor(claim.filters) ??
    listFor(claim.resourceIds);
  return {
    tag: { key: claim.ownershipTag, value: claim.entityRef },
    ...(annotation && { annotation }),
  };
}

/** A tag alone is what the selector means, wherever the resource lies. */
function selectorFor(filters: BucketFilters = {}) {
  const { tag, ...others } = filters;
  if (tag === undefined || Object.keys(others).length > 0) {
    return undefined;
  }
  const filter = parseTagFilter(tag);
  if (typeof filter === 'string' || filter.value === undefined) {
    return undefined;
  }
  const pair = `${filter.key}=${filter.value}`;
  // The selector is a list, and its keys end at the first '='.
  return pair.includes(',') || filter.key.includes('=')
    ? undefined
    : { key: ANNOTATIONS.costInsightsTags, value: pair };
}

/** The rest of an AWS account. */
function accountFor(filters: BucketFilters = {}) {
  const { account, ...others } = filters;
  return account !== undefined &&
    /^\d{12}$/.test(account) &&
    Object.keys(others).length === 0
    ? { key: ANNOTATIONS.amazonawsAccountId, value: account }
    : undefined;
}

function listFor(ids: readonly string[]) {
  const named =
    ids.length > 0 &&
    ids.length <= MAX_IDS &&
    ids.every(id => id !== '' && !id.includes(','));
  return named
    ? { key: ANNOTATIONS.resourceIds, value: ids.join(', ') }
    : undefined;
}
