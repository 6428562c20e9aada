import type {
  BucketFilters,
  BucketName,
  CostBasis,
  Day,
  UnallocatedGroupBy,
  UnallocatedQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import { daysOfWindow, isRange, lastDayOf, parseDay } from '../../selection';
import type { WindowName } from '../../selection';
import { dayAfterLast } from './days';

/** What a person looks at. All of it lives in the URL. */
export interface UnallocatedSelection {
  bucket: BucketName;
  window: WindowName | { from: Day; lastDay: Day };
  basis: CostBasis;
  currency?: string;
  groupBy: UnallocatedGroupBy;
  tagKey?: string;
  /** In the order they were chosen in: the way down. */
  filters: BucketFilters;
}

/** The windows that the API answers: half a year at most. */
export const windowNames = ['7d', '30d', '90d', '6m'] as const;
const groupings = [
  'account',
  'service',
  'category',
  'tag',
  'resource',
] as const;
const filterNames = [
  'account',
  'category',
  'service',
  'tag',
  'search',
] as const;

const defaults = {
  bucket: 'unallocated',
  window: '30d',
  basis: 'effective',
} as const;

/** What a bucket is broken down by first. */
export const firstGrouping = (bucket: BucketName): UnallocatedGroupBy =>
  bucket === 'shared' ? 'category' : 'account';

/** What comes below a grouping. */
export const nextGrouping: Record<UnallocatedGroupBy, UnallocatedGroupBy> = {
  category: 'service',
  account: 'service',
  service: 'tag',
  tag: 'resource',
  resource: 'resource',
};

function oneOf<T extends string>(
  value: string | null,
  allowed: readonly T[],
): T | undefined {
  return allowed.find(item => item === value);
}

/** Reads the selection from the URL; what is missing or makes no sense falls back to its default. */
export function parseSelection(params: URLSearchParams): UnallocatedSelection {
  const bucket =
    oneOf(params.get('bucket'), ['unallocated', 'shared'] as const) ??
    defaults.bucket;
  const from = parseDay(params.get('from'));
  const lastDay = parseDay(params.get('to'));
  const groupBy =
    oneOf(params.get('group'), groupings) ?? firstGrouping(bucket);
  const filters: BucketFilters = {};
  for (const [name, value] of params) {
    const filter = oneOf(name, filterNames);
    if (filter && (value !== '' || filter === 'account')) {
      filters[filter] = value;
    }
  }
  return {
    bucket,
    window:
      from && lastDay && isRange(from, lastDay)
        ? { from, lastDay }
        : oneOf(params.get('window'), windowNames) ?? defaults.window,
    basis:
      oneOf(params.get('basis'), ['effective', 'billed'] as const) ??
      defaults.basis,
    currency: params.get('currency') || undefined,
    groupBy,
    tagKey: (groupBy === 'tag' && params.get('key')) || undefined,
    filters,
  };
}

/** Writes the selection into an address, without what is default. */
export function writeSelection(
  selection: UnallocatedSelection,
): URLSearchParams {
  const params = new URLSearchParams();
  const put = (name: string, value: string | undefined, fallback?: string) => {
    if (value !== undefined && value !== fallback) {
      params.append(name, value);
    }
  };
  const { bucket, window, filters } = selection;
  put('bucket', bucket, defaults.bucket);
  if (typeof window === 'string') {
    put('window', window, defaults.window);
  } else {
    put('from', window.from);
    put('to', window.lastDay);
  }
  put('basis', selection.basis, defaults.basis);
  put('currency', selection.currency);
  for (const [name, value] of Object.entries(filters)) {
    put(name, value);
  }
  put('group', selection.groupBy, firstGrouping(bucket));
  put('key', selection.tagKey);
  return params;
}

/** The days of a selection, the last one inclusive. */
export function daysOf({ window }: UnallocatedSelection): {
  from: Day;
  lastDay: Day;
} {
  if (typeof window !== 'string') {
    return window;
  }
  const { from, to } = daysOfWindow(window);
  return { from, lastDay: lastDayOf(to) };
}

/** What to ask the API for. */
export function toQuery(selection: UnallocatedSelection): UnallocatedQuery {
  const { bucket, basis, currency, groupBy, tagKey, filters } = selection;
  const { from, lastDay } = daysOf(selection);
  return {
    bucket,
    from,
    to: dayAfterLast(lastDay),
    basis,
    ...(currency && { currency }),
    groupBy,
    ...(tagKey && { tagKey }),
    ...filters,
  };
}
