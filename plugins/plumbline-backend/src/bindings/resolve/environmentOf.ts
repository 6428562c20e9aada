import type { BindingsConfig } from '../BindingsConfig';
import { canonicalAccountId } from '../claims/canonical';
import { plainText } from '../plainText';
import type { KnownResource } from './types';

/** The environment of what nobody said anything about. */
export const UNKNOWN_ENVIRONMENT = 'unknown';

/**
 * The environment of a resource: what the operator says of its account, else what its tags say (keys without
 * regard to case), else unknown.
 */
export function environmentOf(
  resource: Pick<KnownResource, 'accountId' | 'tags' | 'nativeId'>,
  { accounts, tagKeys }: BindingsConfig['environments'],
): string {
  const mapped = accounts.get(canonicalAccountId(resource.accountId));
  if (mapped) {
    return mapped;
  }
  // The tags of charges that name no resource are those of whichever line came last.
  const tags = resource.nativeId === '' ? [] : [...resource.tags];
  for (const wanted of tagKeys) {
    const value = tags.find(([key]) => key.toLowerCase() === wanted)?.[1];
    const name = value && plainText(value, 64).trim().toLowerCase();
    if (name) {
      return name;
    }
  }
  return UNKNOWN_ENVIRONMENT;
}
