import type { Candidate } from './types';

/** How specific each way of matching a resource is: the lower wins. */
export const RANK = {
  mappedResource: 0,
  mappedAccount: 1,
  ownershipTag: 2,
  id: 3,
  name: 4,
  tagSelector: 5,
  account: 6,
} as const;

/**
 * Orders candidates for one resource, the winner first: the more specific, then proven before claimed, then a
 * Resource entity before a Component, then the older binding, then the reference.
 *
 * @param boundSince - when the candidate's present binding began, in milliseconds; `Infinity` where it has none
 */
export function compareCandidates(
  boundSince: (candidate: Candidate) => number,
): (a: Candidate, b: Candidate) => number {
  return (a, b) =>
    a.rank - b.rank ||
    Number(a.proof !== 'proven') - Number(b.proof !== 'proven') ||
    Number(a.entity.kind !== 'resource') -
      Number(b.entity.kind !== 'resource') ||
    compare(boundSince(a), boundSince(b)) ||
    compare(a.entity.ref, b.entity.ref);
}

function compare<T extends number | string>(a: T, b: T): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
