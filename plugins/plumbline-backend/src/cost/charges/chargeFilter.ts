import type { ChargeFilter } from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText } from '../../database';
import type { DayWindow } from '../CostStore';
import type { ResourceSpan } from './ChargeStore';

/** So many ids are shown of a list; of the rest, how many there are. */
const MOST_VALUES = 100;

/** What FOCUS calls the charges that only who names a resource gets. @internal */
export const SHARED_CATEGORIES = ['Tax', 'Credit', 'Adjustment', 'Purchase'];

/** The conditions of a figure in the words of FOCUS. @internal */
export interface FigureFilter {
  window: DayWindow;
  currency: string;
  service?: string;
  category?: string;
}

/** Resources that count for the same days and in the same way. @internal */
export interface SpanGroup {
  provider: string;
  window: DayWindow;
  restOfAccount: boolean;
  resourceIds: string[];
  /** Of charges that name no resource. */
  accountIds: string[];
}

/** Puts resources together that share provider, days and kind of link. @internal */
export function groupSpans(spans: readonly ResourceSpan[]): SpanGroup[] {
  const groups = new Map<string, SpanGroup>();
  for (const span of spans) {
    const { provider, window, restOfAccount } = span;
    const key = JSON.stringify([provider, window, restOfAccount]);
    const group = groups.get(key) ?? {
      provider,
      window,
      restOfAccount,
      resourceIds: [],
      accountIds: [],
    };
    groups.set(key, group);
    if (span.nativeId) {
      group.resourceIds.push(span.nativeId);
    } else {
      group.accountIds.push(span.accountId);
    }
  }
  return [...groups.values()];
}

/** The conditions as a list for people; long lists of ids are cut. @internal */
export function filterOf(
  filter: FigureFilter,
  groups: readonly SpanGroup[],
): ChargeFilter[] {
  const { window } = filter;
  const conditions: ChargeFilter[] = [
    condition('BillingCurrency', 'in', [filter.currency]),
    condition('ChargePeriodStart', 'from', [dayToText(window.from)]),
    condition('ChargePeriodStart', 'before', [dayToText(window.to)]),
  ];
  if (filter.service !== undefined) {
    conditions.push(condition('ServiceName', 'in', [filter.service]));
  }
  if (filter.category !== undefined) {
    conditions.push(condition('ChargeCategory', 'in', [filter.category]));
  }
  for (const group of groups) {
    const days = sameWindow(group.window, window)
      ? {}
      : {
          days: {
            from: dayToText(group.window.from),
            to: dayToText(group.window.to),
          },
        };
    if (group.resourceIds.length > 0) {
      conditions.push({
        ...condition('ResourceId', 'in', group.resourceIds),
        ...days,
      });
    }
    if (group.accountIds.length > 0) {
      conditions.push(
        { ...condition('SubAccountId', 'in', group.accountIds), ...days },
        { ...condition('ResourceId', 'in', ['']), ...days },
      );
    }
    if (group.restOfAccount) {
      conditions.push({
        ...condition('ChargeCategory', 'not in', SHARED_CATEGORIES),
        ...days,
      });
    }
  }
  return conditions;
}

/** @internal */
export function sameWindow(a: DayWindow, b: DayWindow): boolean {
  return a.from === b.from && a.to === b.to;
}

function condition(
  column: string,
  operator: ChargeFilter['operator'],
  values: readonly string[],
): ChargeFilter {
  const more = values.length - MOST_VALUES;
  return {
    column,
    operator,
    values: values.slice(0, MOST_VALUES),
    ...(more > 0 && { more }),
  };
}
