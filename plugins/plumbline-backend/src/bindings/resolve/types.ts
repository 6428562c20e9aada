import type {
  EntityRef,
  MatchedBy,
  Proof,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Claim, UnresolvedClaim } from '../claims';

/** A Component or Resource of the catalog with what it claims. */
export interface ClaimingEntity {
  id: number;
  ref: EntityRef;
  kind: string;
  ownerRef?: EntityRef;
  claims: Claim[];
  /** Annotations that could not be read as claims. */
  malformed: UnresolvedClaim[];
}

/** A resource the bill has lines for. */
export interface KnownResource {
  id: number;
  provider: string;
  accountId: string;
  /** Empty for the charges of an account that name no resource. */
  nativeId: string;
  name?: string;
  type?: string;
  region?: string;
  tags: ReadonlyMap<string, string>;
}

/** An entity that may get a resource, and why. */
export interface Candidate {
  entity: ClaimingEntity;
  matchedBy: MatchedBy;
  /** The lower, the more specific. */
  rank: number;
  proof: Proof;
  /** A sentence: what proves it, or what is missing. */
  reason: string;
  claim?: Claim;
  /** Where the resource's environment is another one's. */
  environment?: string;
}
