import type {
  EntityRef,
  MatchedBy,
  Proof,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { BindingsConfig } from '../BindingsConfig';
import type { ClaimIndex } from './ClaimIndex';
import { environmentOf } from './environmentOf';
import { proofReasons } from './proofReasons';
import { compareCandidates, RANK } from './rank';
import type { Candidate, KnownResource } from './types';

/** So many entities that did not get a resource are kept and listed. */
const MAX_LOSERS = 20;

/** A link between an entity and a resource as it should be. */
export interface DesiredBinding {
  entityId: number;
  matchedBy: MatchedBy;
  proof: Proof;
  reason: string;
  contestedBy: EntityRef[];
}

/** What one resource should look like. */
export interface ResourceDecision {
  environment: string;
  /** Who has the cost; absent where nobody claims it, or too many claim the rest of its account. */
  owner?: Candidate;
  /** The owner's comes first. */
  bindings: DesiredBinding[];
}

/** What is known besides the claims when a resource is decided. */
export interface DecisionContext {
  index: ClaimIndex;
  config: BindingsConfig;
  /** When an entity's present binding to the resource began, in milliseconds. */
  boundSince: (entityId: number) => number;
  /** Who gets the resource before it counts as left over. */
  follows?: Candidate;
}

/**
 * Decides who gets a resource. Only the owner's link can be proven; the others keep theirs as a claim that
 * says who got it. What several entities claim merely as the rest of an account is given to none: nothing
 * says which of them it belongs to.
 */
export function decideResource(
  resource: KnownResource,
  { index, config, boundSince, follows }: DecisionContext,
): ResourceDecision {
  const ordered = index
    .candidates(resource, follows)
    .sort(compareCandidates(({ entity }) => boundSince(entity.id)));
  const environment = environmentOf(resource, config.environments);
  const [first, ...rest] = ordered;
  if (!first) {
    return { environment, bindings: [] };
  }
  if (first.rank === RANK.account && rest.length > 0) {
    return { environment, bindings: contested(ordered) };
  }
  const losers = rest.slice(0, MAX_LOSERS);
  return {
    environment: first.environment ?? environment,
    owner: first,
    bindings: [
      {
        ...bindingOf(first),
        reason: first.reason + strangerTag(resource, first, index, config),
        contestedBy: losers.map(({ entity }) => entity.ref),
      },
      ...losers.map(loser => ({
        ...bindingOf(loser),
        proof: 'claimed' as const,
        reason:
          first.matchedBy === 'ownership-tag'
            ? proofReasons.taggedForOther(config.ownershipTag, first.entity.ref)
            : proofReasons.lost(first.entity.ref),
      })),
    ],
  };
}

function contested(claimants: readonly Candidate[]): DesiredBinding[] {
  const listed = claimants.slice(0, MAX_LOSERS + 1);
  return listed.map(claimant => {
    const others = listed
      .filter(other => other !== claimant)
      .map(({ entity }) => entity.ref);
    return {
      ...bindingOf(claimant),
      reason: proofReasons.contestedAccount(
        claimant.claim?.annotation ?? '',
        others,
      ),
      contestedBy: others,
    };
  });
}

function bindingOf(candidate: Candidate): DesiredBinding {
  return {
    entityId: candidate.entity.id,
    matchedBy: candidate.matchedBy,
    proof: candidate.proof,
    reason: candidate.reason,
    contestedBy: [],
  };
}

function strangerTag(
  resource: KnownResource,
  winner: Candidate,
  index: ClaimIndex,
  config: BindingsConfig,
): string {
  const value = index.ownershipTag(resource);
  return winner.proof === 'claimed' && value && !index.taggedEntity(resource)
    ? proofReasons.strangerTag(config.ownershipTag, value)
    : '';
}
