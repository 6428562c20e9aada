import type { EntityRef } from '../entityRef';
import type { Instant } from './headline';

/**
 * How a binding was found, the most specific first.
 *
 * @public
 */
export type MatchedBy =
  | 'operator-map'
  | 'ownership-tag'
  | 'arn'
  | 'resource-id'
  | 'name'
  | 'tag-selector'
  | 'account'
  | 'repository-file'
  | 'origin-location'
  | 'source-location'
  | 'project-slug';

/** Whether a link is confirmed by both sides (`proven`) or only said by the entity (`claimed`). @public */
export type Proof = 'proven' | 'claimed';

/** The external thing of a binding. @public */
export type BindingTarget =
  | {
      kind: 'resource';
      provider: string;
      accountId?: string;
      region?: string;
      type?: string;
      /** ARN or the provider's id. */
      id: string;
      name?: string;
    }
  | { kind: 'repository'; host: string; repository: string; path: string };

/** entity ↔ external thing. @public */
export interface Binding {
  id: string;
  target: BindingTarget;
  environment: string;
  matchedBy: MatchedBy;
  proof: Proof;
  /** A sentence: what proves it, or what is missing. */
  proofReason: string;
  /** Absent: since ever. */
  validFrom?: Instant;
  /** Absent: still valid. */
  validTo?: Instant;
  /** For resources: whether the bill has a line for it. */
  billed?: boolean;
  /** Other entities that claim the same resource and did not get it. */
  contestedBy?: EntityRef[];
}

/** The bindings of one entity. @public */
export interface EntityBindings {
  entityRef: EntityRef;
  bindings: Binding[];
  /** Annotations that name nothing Plumbline knows, with what to do. */
  unresolved: { annotation: string; value: string; reason: string }[];
  nextCursor?: string;
}
