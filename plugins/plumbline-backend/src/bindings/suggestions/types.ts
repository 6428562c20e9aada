import type {
  EntityRef,
  SuggestionConfidence,
} from '@plumbline/backstage-plugin-plumbline-common';

/** An entity that resources may be suggested for. */
export interface SuggestableEntity {
  id: number;
  ref: EntityRef;
  name: string;
  title?: string;
  /** Names of the repositories it claims, without their owners. */
  repositories: string[];
}

/** A resource that nobody claims. */
export interface UnclaimedResource {
  id: number;
  provider: string;
  accountId: string;
  nativeId: string;
  name?: string;
  tags: ReadonlyMap<string, string>;
}

/** An entity that a resource may belong to. */
export interface Match {
  entityId: number;
  /** A sentence: why. */
  reason: string;
}

/** Entities that a resource is suggested for: several where it cannot be told. */
export interface Suggestion {
  confidence: SuggestionConfidence;
  matches: Match[];
}
