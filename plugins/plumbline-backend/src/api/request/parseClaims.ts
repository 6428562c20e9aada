import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type ClaimProposal,
  type ClaimState,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { ClaimsPage, ParsedProposal } from '../../cost/unallocated/claims';
import { parseBucketSelection } from './parseUnallocatedQuery';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;
/** Ids in the database are 32-bit integers. */
const MAX_ID = 2_147_483_647;

/**
 * What is claimed for whom: resources one by one, or what they are found by.
 *
 * @throws InputError naming the field that makes no sense
 * @internal
 */
export function parseClaimProposal(
  body: Omit<ClaimProposal, 'entityRef'> & { entityRef: string },
): ParsedProposal {
  const { resourceIds, filters = {} } = body;
  const filtered = Object.keys(filters).length > 0;
  if ((resourceIds !== undefined) === filtered) {
    throw new InputError(
      "Name either 'resourceIds' or 'filters', of which at least one must be there",
    );
  }
  const { window, filter } = parseBucketSelection({
    bucket: 'unallocated',
    from: body.from,
    to: body.to,
    ...filters,
  });
  const note = body.note?.trim();
  return {
    entityRef: toEntityRef(body.entityRef),
    window,
    resources: resourceIds
      ? { ids: [...new Set(resourceIds.map(parseId))] }
      : { filter, filters },
    ...(note && { note }),
  };
}

/**
 * Which claims are listed.
 *
 * @throws InputError when the limit is out of range
 * @internal
 */
export function parseClaimsPage(query: {
  state?: ClaimState;
  cursor?: string;
  limit?: string;
}): ClaimsPage {
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  return {
    limit,
    ...(query.state !== undefined && { state: query.state }),
    ...(query.cursor !== undefined && { before: Number(query.cursor) }),
  };
}

function parseId(text: string): number {
  const id = Number(text);
  if (id > MAX_ID) {
    throw new InputError(
      `'${text}' is no resource of this list; take the keys of its groups`,
    );
  }
  return id;
}
