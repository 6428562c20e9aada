import type { EntityRef } from '../entityRef';
import type { DecimalString, Instant } from './headline';

/**
 * What a suggestion rests on, the most certain first: a state file of infrastructure as code, a tag, the name.
 *
 * @public
 */
export type SuggestionConfidence = 'state' | 'tag' | 'name';

/** Which suggestions, and which page of them. @public */
export interface SuggestionQuery {
  confidence?: SuggestionConfidence;
  /** Id of an account, subscription or project. */
  account?: string;
  cursor?: string;
  /** 1 to 200; 50 where absent. */
  limit?: number;
}

/** A cloud resource as the bill names it. @public */
export interface SuggestedResource {
  provider: string;
  accountId: string;
  region?: string;
  type?: string;
  id: string;
  name?: string;
}

/** An entity that a resource without one probably belongs to. @public */
export interface BindingSuggestion {
  id: string;
  resource: SuggestedResource;
  entityRef: EntityRef;
  confidence: SuggestionConfidence;
  /** A sentence: why. */
  reason: string;
  /** Whether other entities are as likely: somebody who knows has to choose. */
  ambiguous: boolean;
  /** What accepting it adds to the entity's catalog file. */
  annotation: { key: string; value: string };
  /** The last 30 days by currency; absent where the caller may not read the cost of what belongs to nobody. */
  costs?: { currency: string; amount: DecimalString }[];
}

/** Suggested bindings, those that cost most first. @public */
export interface BindingSuggestions {
  items: BindingSuggestion[];
  nextCursor?: string;
  /** On this page, for entities that the catalog does not show to the caller. */
  hidden: number;
  /** Whether costs are shown; else the most certain come first. */
  amountsVisible: boolean;
  /** How many there are in all, by what they rest on. */
  counts: { confidence: SuggestionConfidence; count: number }[];
  /** How many there are in all, by account; the most first, at most 200 accounts. */
  accounts: {
    provider: string;
    accountId: string;
    name?: string;
    count: number;
  }[];
  /** When resources and entities were last compared; absent where they never were. */
  comparedAt?: Instant;
}
