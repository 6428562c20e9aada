import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type EntityRef,
  type PortfolioQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import type {
  ParsedPortfolioQuery,
  PortfolioScope,
} from '../../cost/portfolio';
import { addMonths, isMonth } from '../../database';

/** Two years and a month, so that the first can be compared with the last but one. */
const MAX_MONTHS = 25;
/** Bills lie within these years. */
const YEARS = { first: 1970, last: 2199 };
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;

const SCOPES = ['owner', 'system', 'domain'] as const;

/** A portfolio query as it comes in a URL. @internal */
export type RawPortfolioQuery = Omit<
  PortfolioQuery,
  'limit' | 'owner' | 'system' | 'domain'
> & { limit?: string; owner?: string; system?: string; domain?: string };

/**
 * The months and options of a portfolio query, filled in: effective cost, the dearest first.
 *
 * @throws InputError naming the field when a month is none of the calendar, or something else makes no sense.
 * @internal
 */
export function parsePortfolioQuery(
  query: RawPortfolioQuery,
): ParsedPortfolioQuery {
  const { by, from, to, environment, currency, cursor } = query;
  assertMonth('from', from);
  assertMonth('to', to);
  if (from > to) {
    throw new InputError(
      `'to' (${to}) must not be before 'from' (${from}); it is the last month`,
    );
  }
  if (addMonths(from, MAX_MONTHS) <= to) {
    throw new InputError(
      `'from' and 'to' may span ${MAX_MONTHS} months at most; ask for less`,
    );
  }
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  const search = query.search?.trim().toLocaleLowerCase('en-US');
  const sort = query.sort ?? 'total';
  return {
    by,
    from,
    to,
    basis: query.basis ?? 'effective',
    ...(environment !== undefined && { environment }),
    ...(currency !== undefined && { currency }),
    ...(search && { search }),
    sort,
    order: query.order ?? (sort === 'name' ? 'asc' : 'desc'),
    scope: scopeOf(query),
    ...(cursor !== undefined && { cursor }),
    limit,
  };
}

function assertMonth(field: string, text: string): void {
  const year = Number(text.slice(0, 4));
  if (!isMonth(text) || year < YEARS.first || year > YEARS.last) {
    throw new InputError(
      `'${field}' (${text}) is no month of the years ${YEARS.first} to ${YEARS.last}; write it as YYYY-MM`,
    );
  }
}

function scopeOf(query: RawPortfolioQuery): PortfolioScope {
  const scope: PortfolioScope = {};
  for (const name of SCOPES) {
    const text = query[name];
    if (text !== undefined) {
      scope[name] = text === 'none' ? text : parseRef(name, text);
    }
  }
  return scope;
}

function parseRef(field: string, text: string): EntityRef {
  try {
    return toEntityRef(text);
  } catch (error) {
    throw new InputError(`'${field}' is wrong`, error);
  }
}
