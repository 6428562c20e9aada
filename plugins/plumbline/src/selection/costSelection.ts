import type {
  CostBasis,
  CostQuery,
  Day,
} from '@plumbline/backstage-plugin-plumbline-common';

/** The windows offered by name. */
export const windows = ['7d', '30d', '90d', '6m', '12m'] as const;

/** A window by name. */
export type WindowName = (typeof windows)[number];

/** What a person looks at in the cost part of the tab. All of it lives in the URL. */
export interface CostSelection {
  /** A window by name, which moves with the calendar, or two days that stay. */
  window: WindowName | { from: Day; lastDay: Day };
  granularity: 'day' | 'month';
  groupBy: 'service' | 'resource' | 'environment';
  basis: CostBasis;
  scope: 'own' | 'with-dependencies';
  /** Absent: all of them. */
  environment?: string;
}

/** The most days a window may span. */
export const MAX_DAYS = 800;

/** Above this number of days a window is shown by month unless the URL says otherwise. */
const DAILY_UP_TO = 92;

const defaults = {
  window: '30d',
  groupBy: 'service',
  basis: 'effective',
  scope: 'own',
} as const;

function oneOf<T extends string>(
  value: string | null,
  allowed: readonly T[],
): T | undefined {
  return allowed.find(item => item === value);
}

/** The day, if the text is one that exists. */
export function parseDay(text: string | null): Day | undefined {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return undefined;
  }
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) &&
    instant.toISOString().startsWith(text)
    ? text
    : undefined;
}

function spanOf(from: Day, lastDay: Day): number {
  return (Date.parse(lastDay) - Date.parse(from)) / 86_400_000 + 1;
}

/** Whether two days make a window: in order, and not longer than {@link MAX_DAYS}. */
export function isRange(from: Day, lastDay: Day): boolean {
  const days = spanOf(from, lastDay);
  return days >= 1 && days <= MAX_DAYS;
}

/** The granularity that suits a window. */
export function defaultGranularity(
  window: CostSelection['window'],
): CostSelection['granularity'] {
  if (typeof window === 'string') {
    return window.endsWith('m') ? 'month' : 'day';
  }
  return spanOf(window.from, window.lastDay) > DAILY_UP_TO ? 'month' : 'day';
}

/** Reads the selection from the URL; what is missing or makes no sense falls back to its default. */
export function parseCostSelection(params: URLSearchParams): CostSelection {
  const from = parseDay(params.get('from'));
  const lastDay = parseDay(params.get('to'));
  const window =
    from && lastDay && isRange(from, lastDay)
      ? { from, lastDay }
      : oneOf(params.get('window'), windows) ?? defaults.window;
  return {
    window,
    granularity:
      oneOf(params.get('granularity'), ['day', 'month'] as const) ??
      defaultGranularity(window),
    groupBy:
      oneOf(params.get('group'), [
        'service',
        'resource',
        'environment',
      ] as const) ?? defaults.groupBy,
    basis:
      oneOf(params.get('basis'), ['effective', 'billed'] as const) ??
      defaults.basis,
    scope:
      oneOf(params.get('scope'), ['own', 'with-dependencies'] as const) ??
      defaults.scope,
    environment: params.get('environment') || undefined,
  };
}

/** Writes the selection into the URL, without what is default; other parameters stay. */
export function writeCostSelection(
  selection: CostSelection,
  params: URLSearchParams,
): URLSearchParams {
  const next = new URLSearchParams(params);
  // Written anew in one order, so that the same selection has the same address.
  const put = (name: string, value: string | undefined) => {
    next.delete(name);
    if (value !== undefined) {
      next.append(name, value);
    }
  };
  const unless = (value: string, fallback: string) =>
    value === fallback ? undefined : value;

  const { window } = selection;
  const named = typeof window === 'string';
  put('window', named ? unless(window, defaults.window) : undefined);
  put('from', named ? undefined : window.from);
  put('to', named ? undefined : window.lastDay);
  put('granularity', unless(selection.granularity, defaultGranularity(window)));
  put('group', unless(selection.groupBy, defaults.groupBy));
  put('basis', unless(selection.basis, defaults.basis));
  put('scope', unless(selection.scope, defaults.scope));
  put('environment', selection.environment);
  return next;
}

/** The selection as the API is asked for it. */
export type SelectionQuery = Required<Omit<CostQuery, 'environment'>> &
  Pick<CostQuery, 'environment'>;
