import type { EntityRef } from '../entityRef';
import type { Day, Instant } from './headline';
import type { BucketFilters } from './unallocated';

/**
 * What became of a claim.
 *
 * - `open`: nobody has decided
 * - `accepted`: an administrator agrees; it is done once the annotation or the tag is there
 * - `declined`, `withdrawn`: by an administrator, by its author
 * - `superseded`: its resources got an entity, but not all of them this one
 * - `done`: they belong to the entity
 *
 * @public
 */
export type ClaimState =
  | 'open'
  | 'accepted'
  | 'declined'
  | 'withdrawn'
  | 'superseded'
  | 'done';

/** "This is ours": resources that nobody has, proposed to belong to an entity. @public */
export interface ClaimProposal {
  entityRef: EntityRef;
  /** The days that were looked at. */
  from: Day;
  /** Last day, exclusive. */
  to: Day;
  /** Keys of groups that are resources; either these or filters. */
  resourceIds?: string[];
  /** Everything unallocated that these fit, as it is now; at least one. */
  filters?: BucketFilters;
  note?: string;
}

/** What makes a claim true. @public */
export interface ClaimInstructions {
  /** On each of the resources; it confirms the link, too. */
  tag: { key: string; value: string };
  /** In the entity's `catalog-info.yaml`; absent where no annotation can name the resources. */
  annotation?: { key: string; value: string };
}

/** A claim, and what became of it. @public */
export interface Claim {
  id: string;
  entityRef: EntityRef;
  state: ClaimState;
  /** User entity ref. */
  proposedBy: string;
  proposedAt: Instant;
  note?: string;
  filters?: BucketFilters;
  resourceCount: number;
  /** How many of them belong to the entity by now. */
  boundCount: number;
  /** The first twenty. */
  resources: { id: string; label: string; accountId: string }[];
  /** The oldest first; without `by` where Plumbline saw it happen. */
  events: { state: ClaimState; by?: string; at: Instant; note?: string }[];
  /** While it is open or accepted. */
  instructions?: ClaimInstructions;
  /** Whether the caller may take it back, or decide. */
  may: { withdraw: boolean; decide: boolean };
}

/** One page of claims, the newest first. @public */
export interface Claims {
  items: Claim[];
  nextCursor?: string;
}
