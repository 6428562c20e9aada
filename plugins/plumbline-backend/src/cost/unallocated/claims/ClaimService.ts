import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  BucketFilters,
  Claim,
  Claims,
  ClaimState,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { DayWindow } from '../../CostStore';
import type { BucketFilter } from '../UnallocatedService';

/** A proposal whose parts were checked. @internal */
export interface ParsedProposal {
  entityRef: EntityRef;
  window: DayWindow;
  /** The resources one by one, or what they are found by. */
  resources:
    | { ids: number[] }
    | { filter: BucketFilter; filters: BucketFilters };
  note?: string;
}

/** @internal */
export interface ClaimsPage {
  state?: ClaimState;
  /** Only claims before this one. */
  before?: number;
  limit: number;
}

/** What somebody wants to become of a claim. @internal */
export interface ClaimStep {
  id: number;
  to: 'accepted' | 'declined' | 'withdrawn';
  note?: string;
}

/** Proposals that resources nobody has belong to an entity. @internal */
export interface ClaimService {
  /**
   * Proposes, or gives the open claim of the same resources for the same entity.
   *
   * @throws NotFoundError when the caller sees no unallocated cost, or not the entity
   * @throws NotAllowedError when the caller neither owns the entity nor is an administrator
   * @throws InputError when the resources are not unallocated
   * @throws ConflictError when too many claims of the caller, or for the entity, are open
   */
  propose(request: {
    proposal: ParsedProposal;
    credentials: BackstageCredentials;
  }): Promise<Claim>;

  /** Those of the caller, those for entities of theirs, all for administrators; the newest first. */
  list(request: {
    page: ClaimsPage;
    credentials: BackstageCredentials;
  }): Promise<Claims>;

  /**
   * @throws NotFoundError when there is no such claim that the caller may see
   * @throws NotAllowedError when it is not the caller's to withdraw or to decide: nobody decides on their own
   * @throws ConflictError when it has ended
   */
  take(request: {
    step: ClaimStep;
    credentials: BackstageCredentials;
  }): Promise<Claim>;
}
