import { InputError } from '@backstage/errors';
import type {
  BucketQuery,
  UnallocatedQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import { parseTagFilter } from '../../cost/unallocated';
import type {
  BucketSelection,
  ParsedUnallocatedQuery,
} from '../../cost/unallocated';
import { parseDays } from './parseDays';

/** The longest window, in days: half a year and a bit. Each month reads every resource of the bucket. */
const MAX_DAYS = 190;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;

/**
 * Which part of a bucket is meant: effective cost, and all of it where no filter is given.
 *
 * @throws InputError naming the field that makes no sense
 * @internal
 */
export function parseBucketSelection(query: BucketQuery): BucketSelection {
  const { account, service, category, tag, search } = query;
  return {
    bucket: query.bucket,
    window: parseDays(query, MAX_DAYS),
    basis: query.basis ?? 'effective',
    ...(query.currency !== undefined && { currency: query.currency }),
    filter: {
      ...(account !== undefined && { account }),
      ...(service !== undefined && { service }),
      ...(category !== undefined && { category }),
      ...(tag !== undefined && { tag: parseTagFilter(tag) }),
      ...(search !== undefined && { search }),
    },
  };
}

/**
 * How a bucket is broken down: by account, fifty groups a page, where nothing else is said.
 *
 * @throws InputError naming the field that makes no sense
 * @internal
 */
export function parseUnallocatedQuery(
  query: Omit<UnallocatedQuery, 'limit'> & { limit?: string },
): ParsedUnallocatedQuery {
  const { groupBy = 'account', tagKey } = query;
  if (tagKey !== undefined && groupBy !== 'tag') {
    throw new InputError(
      `'tagKey' goes with groupBy=tag, not with groupBy=${groupBy}`,
    );
  }
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  return {
    ...parseBucketSelection(query),
    groupBy,
    ...(tagKey !== undefined && { tagKey }),
    offset: Number(query.cursor ?? 0),
    limit,
  };
}
