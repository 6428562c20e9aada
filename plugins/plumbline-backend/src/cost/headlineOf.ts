import type {
  Freshness,
  FreshnessState,
  Headline,
} from '@plumbline/backstage-plugin-plumbline-common';
import { inWords } from './inWords';

/** What a headline is decided by. @internal */
export interface HeadlineFacts {
  /** Whether any cost source is set up. */
  configured: boolean;
  kind: string;
  /** For System, Domain and Group. */
  members?: { counted: number; hidden: number };
  /** Resources bound to the entities that were added up. */
  resourcesBound: number;
  /** Whether there is a figure to show. */
  hasFigures: boolean;
  freshness: Freshness;
  /** Which days of the window have no data, in a sentence. */
  missing?: string;
  /** The only environment that was asked for, where others have figures. */
  environment?: string;
}

const STALE_REASONS: Record<
  Exclude<FreshnessState, 'fresh'>,
  (freshness: Freshness) => string
> = {
  stale: ({ collectedAt }) =>
    `The bill has not been read for longer than it should${
      collectedAt ? `; the last time was ${inWords(collectedAt)}` : ''
    }.`,
  partial: () => 'Only a part of the bill could be read the last time.',
  failing: () =>
    'The bill could not be read the last time; these are older figures.',
  paused: () => 'Reading the bill is paused; these are older figures.',
  unknown: () => 'It is not known yet whether the bill was read completely.',
};

/**
 * The state of a cost card and the sentence that says why. Whether something needs attention is said by findings
 * and budgets, never guessed here.
 *
 * @internal
 */
export function headlineOf(facts: HeadlineFacts): Headline {
  const { configured, kind, members, resourcesBound, hasFigures, freshness } =
    facts;
  if (!configured && !hasFigures) {
    return {
      state: 'not-set-up',
      reason: 'No cost source is set up in this portal.',
    };
  }
  if (members && members.counted === 0) {
    return members.hidden > 0
      ? {
          state: 'cannot-tell',
          reason: `You may see the cost of none of the ${members.hidden} entities in this ${kind}.`,
        }
      : {
          state: 'not-set-up',
          reason: `No component or resource belongs to this ${kind} yet.`,
        };
  }
  if (!hasFigures && facts.environment !== undefined) {
    return {
      state: 'cannot-tell',
      reason: `The bill has no line of the environment '${facts.environment}' for this time; choose another one, or all.`,
    };
  }
  if (!hasFigures && resourcesBound === 0) {
    return {
      state: 'not-set-up',
      reason: members
        ? `No cloud resource is linked to anything in this ${kind} yet.`
        : `No cloud resource is linked to this ${kind} yet.`,
    };
  }
  if (!hasFigures) {
    return { state: 'cannot-tell', reason: withoutFigures(facts) };
  }
  if (freshness.state !== 'fresh') {
    return {
      state: 'cannot-tell',
      reason: STALE_REASONS[freshness.state](freshness),
    };
  }
  if (facts.missing !== undefined) {
    return { state: 'cannot-tell', reason: facts.missing };
  }
  return {
    state: 'ok',
    reason: freshness.dataThrough
      ? `The bill is complete through ${inWords(freshness.dataThrough)}.`
      : 'The bill was read completely.',
  };
}

function withoutFigures(facts: HeadlineFacts): string {
  const { resourcesBound, freshness, missing } = facts;
  if (!freshness.dataThrough) {
    return 'No bill has been read yet.';
  }
  if (missing !== undefined) {
    return missing;
  }
  return resourcesBound === 1
    ? 'The one linked cloud resource has no line in the bill for this time.'
    : `None of the ${resourcesBound} linked cloud resources has a line in the bill for this time.`;
}
