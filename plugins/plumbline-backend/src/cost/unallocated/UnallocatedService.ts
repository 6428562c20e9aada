import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  BucketName,
  CostBasis,
  TagKeys,
  UnallocatedCosts,
  UnallocatedGroupBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { DayWindow } from '../CostStore';

/** Which tags a resource has: a key with a value, none of that key, none at all, or any. @internal */
export type TagFilter =
  | { key: string; value: string }
  | { key: string; value: undefined }
  | 'none'
  | 'any';

/** Which part of a bucket is meant: each filter that is there must fit. @internal */
export interface BucketFilter {
  /** The provider's own id; empty for charges that name no account. */
  account?: string;
  service?: string;
  category?: string;
  tag?: TagFilter;
  /** A part of a resource's name or id, whatever its case. */
  search?: string;
}

/** @internal */
export interface BucketSelection {
  bucket: BucketName;
  window: DayWindow;
  basis: CostBasis;
  /** ISO 4217; the one with the most cost where absent. */
  currency?: string;
  filter: BucketFilter;
}

/** A query whose parts were checked and filled in. @internal */
export interface ParsedUnallocatedQuery extends BucketSelection {
  groupBy: UnallocatedGroupBy;
  /** With `groupBy` tag: by the values of this key; by having tags or none where absent. */
  tagKey?: string;
  offset: number;
  limit: number;
}

/** @internal */
export interface UnallocatedRequest<Q> {
  query: Q;
  credentials: BackstageCredentials;
}

/** What cost that belongs to no entity consists of. @internal */
export interface UnallocatedService {
  /** @throws NotFoundError when the caller may not see the bucket */
  getCosts(
    request: UnallocatedRequest<ParsedUnallocatedQuery>,
  ): Promise<UnallocatedCosts>;

  /** @throws NotFoundError when the caller may not see the bucket */
  getTagKeys(request: UnallocatedRequest<BucketSelection>): Promise<TagKeys>;
}
