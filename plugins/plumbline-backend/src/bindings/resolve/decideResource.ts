import type {
  EntityRef,
  MatchedBy,
  Proof,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { BindingsConfig } from '../BindingsConfig';
import type { ClaimIndex } from './ClaimIndex';
import { environmentOf } from './environmentOf';
import { proofReasons } from './proofReasons';
import { compareCandidates } from './rank';
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
  /** The first one has the cost. */
  bindings: DesiredBinding[];
}

/**
 * Decides who gets a resource. Only the winner's link can be proven; the others keep theirs as a claim that
 * says who got it.
 *
 * @param boundSince - when an entity's present binding to the resource began, in milliseconds
 */
export function decideResource(
  resource: KnownResource,
  index: ClaimIndex,
  config: BindingsConfig,
  boundSince: (entityId: number) => number,
): ResourceDecision {
  const ordered = index
    .candidates(resource)
    .sort(compareCandidates(({ entity }) => boundSince(entity.id)));
  const environment = environmentOf(resource, config.environments);
  const [winner, ...rest] = ordered;
  if (!winner) {
    return { environment, bindings: [] };
  }
  const losers = rest.slice(0, MAX_LOSERS);
  return {
    environment,
    bindings: [
      {
        ...bindingOf(winner),
        reason: winner.reason + strangerTag(resource, winner, index, config),
        contestedBy: losers.map(({ entity }) => entity.ref),
      },
      ...losers.map(loser => ({
        ...bindingOf(loser),
        proof: 'claimed' as const,
        reason:
          winner.matchedBy === 'ownership-tag'
            ? proofReasons.taggedForOther(
                config.ownershipTag,
                winner.entity.ref,
              )
            : proofReasons.lost(winner.entity.ref),
      })),
    ],
  };
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
