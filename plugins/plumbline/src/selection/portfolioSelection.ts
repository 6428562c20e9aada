import { DateTime } from 'luxon';
import type {
  CostBasis,
  EntityRef,
  Month,
  PortfolioBy,
  PortfolioQuery,
  PortfolioSort,
} from '@plumbline/backstage-plugin-plumbline-common';

/** The numbers of months offered by name; the last one is the present month. */
export const monthCounts = ['3', '6', '13', '25'] as const;

/** So many months at most. */
export const MAX_MONTHS = 25;

export const portfolioBys: readonly PortfolioBy[] = [
  'owner',
  'system',
  'domain',
  'environment',
  'entity',
];

const sorts: readonly PortfolioSort[] = [
  'name',
  'total',
  'lastMonth',
  'difference',
  'toDate',
];

/** Whose entities are looked at, one after another of these. */
export const scopes = ['owner', 'system', 'domain'] as const;

/** What a person looks at on the portfolio. All of it lives in the URL. */
export interface PortfolioSelection {
  by: PortfolioBy;
  /** A number of months, which move with the calendar, or two that stay; both inclusive. */
  months: (typeof monthCounts)[number] | { from: Month; to: Month };
  basis: CostBasis;
  environment?: string;
  currency?: string;
  search?: string;
  sort: PortfolioSort;
  order: 'asc' | 'desc';
  /** Only entities of these; `none` for those without one. */
  scope: Partial<Record<(typeof scopes)[number], EntityRef | 'none'>>;
  /** Whether to show every row, however many there are. */
  all: boolean;
}

const defaults = {
  by: 'owner',
  months: '13',
  basis: 'effective',
  sort: 'total',
} as const;

/** What comes first where nobody says otherwise: names from A, amounts from the largest. */
export function defaultOrder(sort: PortfolioSort): 'asc' | 'desc' {
  return sort === 'name' ? 'asc' : 'desc';
}

function oneOf<T extends string>(
  value: string | null,
  allowed: readonly T[],
): T | undefined {
  return allowed.find(item => item === value);
}

function parseMonth(text: string | null): Month | undefined {
  return text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
    ? text
    : undefined;
}

function addMonths(month: Month, count: number): Month {
  return DateTime.fromISO(`${month}-01`, { zone: 'utc' })
    .plus({ months: count })
    .toFormat('yyyy-MM');
}

/** Whether two months are in order, and no more than {@link MAX_MONTHS} with all between. */
export function isMonthRange(from: Month, to: Month): boolean {
  return from <= to && addMonths(from, MAX_MONTHS - 1) >= to;
}

/** Reads the selection from the URL; what is missing or makes no sense falls back to its default. */
export function parsePortfolioSelection(
  params: URLSearchParams,
): PortfolioSelection {
  const from = parseMonth(params.get('from'));
  const to = parseMonth(params.get('to'));
  const sort = oneOf(params.get('sort'), sorts) ?? defaults.sort;
  return {
    by: oneOf(params.get('by'), portfolioBys) ?? defaults.by,
    months:
      from && to && isMonthRange(from, to)
        ? { from, to }
        : oneOf(params.get('months'), monthCounts) ?? defaults.months,
    basis:
      oneOf(params.get('basis'), ['effective', 'billed'] as const) ??
      defaults.basis,
    environment: params.get('environment') || undefined,
    currency: params.get('currency') || undefined,
    search: params.get('search') || undefined,
    sort,
    order:
      oneOf(params.get('order'), ['asc', 'desc'] as const) ??
      defaultOrder(sort),
    scope: Object.fromEntries(
      scopes.flatMap(name => {
        const ref = params.get(name);
        return ref ? [[name, ref]] : [];
      }),
    ),
    all: params.get('rows') === 'all',
  };
}

/** Writes the selection into the URL, without what is default; other parameters stay. */
export function writePortfolioSelection(
  selection: PortfolioSelection,
  params: URLSearchParams,
): URLSearchParams {
  const next = new URLSearchParams(params);
  // Written anew in one order, so that the same selection has the same address.
  const put = (name: string, value: string | undefined, fallback?: string) => {
    next.delete(name);
    if (value !== undefined && value !== '' && value !== fallback) {
      next.append(name, value);
    }
  };
  const { months, scope, sort } = selection;
  const named = typeof months === 'string';
  put('by', selection.by, defaults.by);
  scopes.forEach(name => put(name, scope[name]));
  put('months', named ? months : undefined, defaults.months);
  put('from', named ? undefined : months.from);
  put('to', named ? undefined : months.to);
  put('basis', selection.basis, defaults.basis);
  put('environment', selection.environment);
  put('currency', selection.currency);
  put('search', selection.search);
  put('sort', sort, defaults.sort);
  put('order', selection.order, defaultOrder(sort));
  put('rows', selection.all ? 'all' : undefined);
  return next;
}

/** First and last month of a selection. */
export function monthsOf(
  { months }: Pick<PortfolioSelection, 'months'>,
  now: Date = new Date(),
): { from: Month; to: Month } {
  if (typeof months !== 'string') {
    return months;
  }
  const to = now.toISOString().slice(0, 7);
  return { from: addMonths(to, 1 - Number(months)), to };
}

/** What to ask the API for a selection. */
export function toPortfolioQuery(
  selection: PortfolioSelection,
  now: Date = new Date(),
): PortfolioQuery {
  const { months, scope, all, ...rest } = selection;
  return { ...rest, ...monthsOf({ months }, now), ...scope };
}
