import type { DayRange } from './costs';
import type { CostBasis, Day, DecimalString, Freshness } from './headline';

/**
 * Cost that belongs to no entity. `unallocated`: usage that nobody claims. `shared`: what by its nature has no
 * single owner, such as taxes, credits and commitments that nobody used.
 *
 * @public
 */
export type BucketName = 'unallocated' | 'shared';

/** What a bucket can be broken down by. @public */
export type UnallocatedGroupBy =
  | 'account'
  | 'service'
  | 'category'
  | 'tag'
  | 'resource';

/** Which part of a bucket is meant; each filter that is there must fit. @public */
export interface BucketFilters {
  /** Id of an account, subscription or project; empty for charges that name none. */
  account?: string;
  service?: string;
  /** A charge category, or `waste` for commitments that nobody used. */
  category?: string;
  /**
   * `key=value`: carries the tag. `key=`: lacks it. `=`: carries no tag at all. `=*`: carries any. In a key, `=` is
   * written `%3D` and `%` is written `%25`.
   */
  tag?: string;
  /** A part of a resource's name or id. */
  search?: string;
}

/** What to ask of a bucket. @public */
export interface BucketQuery extends BucketFilters {
  bucket: BucketName;
  /** First day of the charges, inclusive. */
  from: Day;
  /** Last day, exclusive. */
  to: Day;
  basis?: CostBasis;
  /** ISO 4217; the one with the most cost where absent. */
  currency?: string;
}

/** How to break a bucket down. @public */
export interface UnallocatedQuery extends BucketQuery {
  groupBy?: UnallocatedGroupBy;
  /** With `groupBy: 'tag'`: whose values; whether there is any tag where absent. */
  tagKey?: string;
  /** Of the page before. */
  cursor?: string;
  limit?: number;
}

/** A part of a bucket. @public */
export interface UnallocatedGroup {
  /** Among the groups of its kind; absent for what lacks what it is grouped by. */
  key?: string;
  label: string;
  /** `untagged`: lacks the tag. `waste`: was reserved and not used. */
  kind?: 'untagged' | 'waste';
  total: DecimalString;
  /** Of the total, 0 to 1; absent where that is not above zero. */
  share?: DecimalString;
  /** Of its complete days against as many before them; absent where these can't be compared. */
  change?: DecimalString;
  resources: number;
  /** Where groups are resources. */
  detail?: {
    provider: string;
    accountId: string;
    /** The provider's own id; empty for charges that name no resource. */
    resourceId: string;
    region?: string;
    type?: string;
  };
  /** The filters that lead to it; absent for a resource, which is the last step. */
  filters?: BucketFilters;
}

/** What a bucket consists of. @public */
export interface UnallocatedCosts {
  bucket: BucketName;
  basis: CostBasis;
  groupBy: UnallocatedGroupBy;
  tagKey?: string;
  from: Day;
  to: Day;
  /** What the whole bucket costs, as portfolio and statements of charges by day show it; the largest first. */
  currencies: { currency: string; total: DecimalString }[];
  /** What the rest is in; absent where the bucket is empty. */
  currency?: string;
  /** What the filters leave. */
  total: DecimalString;
  resources: number;
  /** Like for like: the days that are complete, against as many right before `from`. */
  comparison?: {
    from: Day;
    to: Day;
    total: DecimalString;
    change?: DecimalString;
  };
  /**
   * Without filters: the part of the bucket's figure of which no resource is kept, such as what a rule shares out
   * and found nobody to bear.
   */
  withoutDetail?: DecimalString;
  groups: UnallocatedGroup[];
  groupCount: number;
  nextCursor?: string;
  /** The first day that is not complete; absent where the data reaches to the window's end. */
  incompleteFrom?: Day;
  /** Days for which at least one source holds no data. */
  missing: DayRange[];
  freshness: Freshness;
}

/** Which tag keys the resources of a bucket carry, by how much they cost. @public */
export interface TagKeys {
  currency?: string;
  /** What the filters leave. */
  total: DecimalString;
  items: {
    key: string;
    /** What the resources cost that carry it. */
    total: DecimalString;
    share?: DecimalString;
    resources: number;
  }[];
}
