import type {
  EntityRef,
  SharedCost,
  SharePartner,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  dayToText,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
} from '../../database';
import type { StoredRule } from './types';

const FIRST_DAY = -2_147_483_648;

/** A rule as the API says it. @internal */
export function describeRule({
  rule,
  fromDay,
}: StoredRule): SharedCost['rule'] {
  const since = fromDay === FIRST_DAY ? {} : { since: dayToText(fromDay) };
  if (rule.kind === 'share') {
    const { by, metric, origin } = rule;
    return {
      by,
      ...(by === 'usage' && metric !== undefined && { metric }),
      origin: origin.kind,
      ...(origin.kind === 'repository' && { repository: origin.repository }),
      ...since,
    };
  }
  return {
    name: rule.name,
    by: rule.spread === 'none' ? 'proportional' : rule.spread,
    origin: 'operator',
    ...since,
  };
}

/** The other side of a share, by its key and reference. @internal */
export function partnerOf(id: number, ref: EntityRef): SharePartner {
  switch (id) {
    case SHARED_ENTITY_ID:
      return { bucket: 'shared' };
    case UNALLOCATED_ENTITY_ID:
      return { bucket: 'unallocated' };
    default:
      return { entityRef: ref };
  }
}
