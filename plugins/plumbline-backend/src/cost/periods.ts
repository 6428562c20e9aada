import { addMonths, dayToText, firstDayOfMonth, monthOfDay } from '../database';
import type { Day } from '@plumbline/backstage-plugin-plumbline-common';
import type { DayWindow } from './CostStore';

/** The periods of a chart: start days, and which of them a day or month lies in. @internal */
export interface Periods {
  starts: Day[];
  indexOfDay(day: number): number;
  indexOfMonth(month: string): number;
}

/** Every day of the window, or every month it touches; the first starts where the window does. @internal */
export function periodsOf(
  window: DayWindow,
  granularity: 'day' | 'month',
): Periods {
  const starts: Day[] = [];
  const byMonth = new Map<string, number>();
  if (granularity === 'day') {
    for (let day = window.from; day < window.to; day++) {
      starts.push(dayToText(day));
    }
  } else {
    const last = monthOfDay(window.to - 1);
    for (
      let month = monthOfDay(window.from);
      month <= last;
      month = addMonths(month, 1)
    ) {
      byMonth.set(month, starts.length);
      starts.push(dayToText(Math.max(firstDayOfMonth(month), window.from)));
    }
  }
  const indexOfMonth = (month: string) => byMonth.get(month) ?? -1;
  return {
    starts,
    indexOfMonth,
    indexOfDay:
      granularity === 'day'
        ? day => day - window.from
        : day => indexOfMonth(monthOfDay(day)),
  };
}
