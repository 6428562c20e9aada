import { DateTime } from 'luxon';
import type { Day } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CostSelection,
  SelectionQuery,
  WindowName,
} from './costSelection';

const DAY = 'yyyy-MM-dd';

/**
 * The days of a window by name. It ends with yesterday (UTC), as today is never complete;
 * windows of months begin with the first of a month.
 *
 * @returns `from` inclusive, `to` exclusive
 */
export function daysOfWindow(
  window: WindowName,
  now: Date = new Date(),
): { from: Day; to: Day } {
  const to = DateTime.fromJSDate(now, { zone: 'utc' }).startOf('day');
  const count = Number.parseInt(window, 10);
  const from = window.endsWith('m')
    ? to
        .minus({ days: 1 })
        .startOf('month')
        .minus({ months: count - 1 })
    : to.minus({ days: count });
  return { from: from.toFormat(DAY), to: to.toFormat(DAY) };
}

/** What to ask the API for a selection. */
export function toCostQuery(
  selection: CostSelection,
  now: Date = new Date(),
): SelectionQuery {
  const { window, ...rest } = selection;
  if (typeof window === 'string') {
    return { ...daysOfWindow(window, now), ...rest };
  }
  const to = DateTime.fromISO(window.lastDay, { zone: 'utc' })
    .plus({ days: 1 })
    .toFormat(DAY);
  return { from: window.from, to, ...rest };
}

/** The last day of a span whose end is exclusive. */
export function lastDayOf(to: Day): Day {
  return DateTime.fromISO(to, { zone: 'utc' }).minus({ days: 1 }).toFormat(DAY);
}
