import type { Entity } from '@backstage/catalog-model';
import type {
  EntityBindings,
  MatchedBy,
} from '@plumbline/backstage-plugin-plumbline-common';

/** An annotation that names nothing, with what to do. */
export type UnresolvedClaim = EntityBindings['unresolved'][number];

interface ClaimBase {
  annotation: string;
  /** The part of the annotation's value that the claim was made from. */
  value: string;
}

/** One resource by its id. */
export interface ResourceIdClaim extends ClaimBase {
  kind: 'resource-id';
  matchedBy: Extract<MatchedBy, 'arn' | 'resource-id'>;
  /** As {@link canonicalResourceId} writes it. */
  id: string;
}

/** A Lambda function by its name; one in each account and region where none is said. */
export interface LambdaNameClaim extends ClaimBase {
  kind: 'lambda-name';
  name: string;
  region?: string;
  accountId?: string;
}

/** Where a resource must be to be meant. */
export interface Within {
  /** InfraWallet's word for it, such as `aws`; any where absent. */
  provider?: string;
  /** As {@link canonicalAccountId} writes them; any where absent. */
  accountIds?: string[];
}

/** Every resource that carries all of these tags. */
export interface TagSelectorClaim extends ClaimBase {
  kind: 'tag-selector';
  tags: [key: string, value: string][];
  within?: Within;
}

/** What is left over of an account. */
export interface AccountClaim extends ClaimBase {
  kind: 'account';
  /** As {@link canonicalAccountId} writes it. */
  accountId: string;
}

/** A folder of a repository. */
export interface RepositoryClaim extends ClaimBase {
  kind: 'repository';
  matchedBy: Extract<
    MatchedBy,
    'origin-location' | 'source-location' | 'project-slug'
  >;
  host: string;
  repository: string;
  /** Folder, without slashes at its ends; empty for the whole repository. */
  path: string;
  /** Branch, tag or commit of the URL, where it says one. */
  ref?: string;
}

/** What an entity says of itself in one annotation. Never more than a claim. */
export type Claim =
  | ResourceIdClaim
  | LambdaNameClaim
  | TagSelectorClaim
  | AccountClaim
  | RepositoryClaim;

/** What was read from an entity, and what could not be. */
export interface ExtractedClaims {
  claims: Claim[];
  unresolved: UnresolvedClaim[];
}

/** One kind of claim. Values are names to be looked up; nothing is fetched here, nothing throws. */
export interface ClaimKind {
  extract(entity: Entity): ExtractedClaims;
}
