import type {
  CardState,
  CostBasis,
  CostHeadline,
  CurrencyHeadline,
  Freshness,
  FreshnessState,
  MatchedBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatAmount } from './amount';
import { formatChange } from './percent';
import {
  dayOfMonth,
  daysInMonthBefore,
  formatAgo,
  formatDay,
  monthBefore,
} from './time';

/** The four words of a card. */
export const stateLabels: Record<CardState, string> = {
  ok: 'OK',
  'needs-attention': 'Needs attention',
  'cannot-tell': 'Can\u2019t tell',
  'not-set-up': 'Not set up',
};

/** The two bases in plain words. */
export const basisLabels: Record<CostBasis, string> = {
  effective: 'amortised',
  billed: 'invoiced',
};

/** What the two bases mean, in a sentence each. */
export const basisSentences: Record<CostBasis, string> = {
  effective:
    'Amortised: what was paid in advance is spread over the days it was used on.',
  billed: 'Invoiced: what the invoice charges on each day.',
};

/** How a link between an entity and a resource was found. */
export const matchedByLabels: Record<MatchedBy, string> = {
  'operator-map': 'the operator\u2019s map',
  'ownership-tag': 'a tag on the resource',
  arn: 'its ARN',
  'resource-id': 'its resource id',
  name: 'its name',
  'tag-selector': 'a tag selector',
  account: 'its account',
  'repository-file': 'a file in the repository',
  'origin-location': 'where the entity is defined',
  'source-location': 'its source location',
  'project-slug': 'its repository name',
};

/** What to say about figures that are not fresh; nothing where they are. */
export const freshnessSentences: Record<
  Exclude<FreshnessState, 'fresh'>,
  string
> = {
  stale: 'These figures are older than they should be.',
  partial: 'The last collection brought only part of the data.',
  failing: 'The last collection failed. These figures are from before it.',
  paused: 'Collection is paused. These figures do not change until it resumes.',
  unknown: 'Nothing has been collected yet.',
};

/** `Data through 21 Nov, collected 2 h ago`. */
export function freshnessText(freshness: Freshness, now?: Date): string {
  const { dataThrough, collectedAt } = freshness;
  const parts = [
    dataThrough && `data through ${formatDay(dataThrough, now)}`,
    collectedAt && `collected ${formatAgo(collectedAt, now)}`,
  ].filter(part => part !== undefined);
  const text = parts.length > 0 ? parts.join(', ') : 'no data collected yet';
  return text.charAt(0).toLocaleUpperCase('en-US') + text.slice(1);
}

/** Which environments the figures count, for a card. */
export function environmentsText(
  environments: CostHeadline['environments'],
): string {
  return environments === 'production' ? 'Production only' : 'All environments';
}

/**
 * The like-for-like comparison of the month to date, as a sentence without its stop:
 * `+12 % against the same 22 days of October`.
 */
export function comparisonText(
  headline: CurrencyHeadline,
  freshness: Freshness,
): string {
  const { dataThrough } = freshness;
  if (dataThrough === undefined) {
    return 'Nothing to compare with yet';
  }
  const month = monthBefore(dataThrough);
  const days = dayOfMonth(dataThrough);
  const sameDays =
    days > daysInMonthBefore(dataThrough)
      ? `the ${days} days that end with ${month}`
      : `the same ${days === 1 ? 'day' : `${days} days`} of ${month}`;
  if (headline.sameDaysBefore === undefined) {
    return `No figures for ${sameDays} to compare with`;
  }
  if (headline.change === undefined) {
    return `${formatAmount(
      headline.sameDaysBefore,
      headline.currency,
    )} of usage in ${sameDays}`;
  }
  return `Usage ${formatChange(headline.change)} against ${sameDays}`;
}

/** `3 members are counted; 2 more are not visible to you.` */
export function membersText(members: {
  counted: number;
  hidden: number;
}): string {
  const counted =
    members.counted === 1
      ? '1 member is counted'
      : `${members.counted} members are counted`;
  if (members.hidden === 0) {
    return `${counted}.`;
  }
  const hidden =
    members.hidden === 1
      ? '1 member is not visible to you'
      : `${members.hidden} members are not visible to you`;
  return `${counted}; ${hidden}.`;
}
