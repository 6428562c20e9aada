import type {
  ChargeFilter,
  ChargesQuery,
  ChargeSource,
  EntityCharges,
} from '@plumbline/backstage-plugin-plumbline-common';
import { basisLabels, formatDay } from '../../format';
import { lastDayOf } from '../../selection';

const NUMBER = new Intl.NumberFormat('en-US');

/** A number of things, with its noun. */
export function count(
  number: number,
  noun: string,
  nouns: string = `${noun}s`,
): string {
  return `${NUMBER.format(number)} ${number === 1 ? noun : nouns}`;
}

/** Which figure it is, in a sentence. */
export function figureText(query: ChargesQuery): string {
  const { from, to, basis = 'effective', currency } = query;
  const narrowed = [
    query.service && `the service ${query.service}`,
    query.resource && `the resource ${query.resource}`,
    query.category && `charges of the category ${query.category}`,
    query.environment && `the environment ${query.environment}`,
  ].filter(Boolean);
  const only = narrowed.length > 0 ? ` Only ${narrowed.join(', and ')}.` : '';
  const scope =
    query.scope === 'with-dependencies' ? ' With what it depends on.' : '';
  return `${formatDay(from)} to ${formatDay(
    lastDayOf(to),
  )} by the day of the charge, ${
    basisLabels[basis]
  }, in ${currency}.${scope}${only}`;
}

const operators: Record<ChargeFilter['operator'], string> = {
  in: 'is',
  'not in': 'is none of',
  from: 'is on or after',
  before: 'is before',
};

/** One condition, in words. */
export function filterText(filter: ChargeFilter): {
  column: string;
  operator: string;
  values: string;
  days?: string;
} {
  const { column, operator, values, more, days } = filter;
  const several = values.length > 1 || more !== undefined;
  return {
    column,
    operator: operator === 'in' && several ? 'is one of' : operators[operator],
    values: `${values.map(value => value || '(empty)').join(', ')}${
      more === undefined ? '' : ` and ${NUMBER.format(more)} more`
    }`,
    ...(days && {
      days: `from ${formatDay(days.from)} to ${formatDay(
        lastDayOf(days.to),
      )} only`,
    }),
  };
}

/** What a figure is made of, as the end of a sentence. */
export function madeOfText({
  rowCount,
  lineCount,
  sources = [],
}: EntityCharges): string {
  const shared = sources.some(({ shares }) => shares);
  if (rowCount === 0) {
    return shared
      ? ', all of it shared with others.'
      : '. Nothing in the bill makes it up.';
  }
  const rows = count(rowCount, 'row');
  const lines =
    lineCount === undefined
      ? ''
      : `, made of ${count(lineCount, 'line')} of the export`;
  return shared
    ? `: ${rows}${lines}, and what is shared with others.`
    : `, the sum of ${rows}${lines}.`;
}

/** Why a part of the figure has neither rows nor anybody who gave it. */
export const withoutRowsText: Record<
  NonNullable<ChargeSource['withoutRows']>['reason'],
  string
> = {
  relinked:
    'Stated when other resources were linked to the entity; their rows are elsewhere now',
  'shared-by-month':
    'Shared with others, or linked differently since; parts of this month are kept by the whole month only, so it cannot be told for this figure. Open whole months without narrowing to see whose they are',
  'days-forgotten':
    'From a month of which only sums are kept; its days can no longer be shown',
};
