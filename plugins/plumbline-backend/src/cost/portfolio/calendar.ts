import type {
  Month,
  MonthState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { monthOfDay } from '../../database';
import { headlineWindows } from '../comparison';
import type { DayWindow } from '../CostStore';
import type { DataExtent } from '../DataExtent';
import type { Calendar } from './Figures';
import { monthStateOf } from './monthStates';

/** The calendar of a portfolio, with the days of its comparisons. @internal */
export interface PortfolioCalendar extends Calendar {
  states: readonly MonthState[];
  days?: { toDate: DayWindow; sameDaysBefore?: DayWindow };
}

/**
 * Which months and days can be compared: the last month that every source holds as a whole with the one before
 * it, and the month to date, where it is among those asked for, with as many days before.
 *
 * @param months - those asked for, and the one before the first of them
 * @internal
 */
export function calendarOf(
  months: readonly Month[],
  extent: DataExtent,
  sources: readonly number[],
): PortfolioCalendar {
  const states = months.map(month => monthStateOf(month, extent, sources));
  const lastMonth = states.lastIndexOf('complete');
  const days = daysOf(months, extent, sources);
  return {
    months,
    states,
    known: states.map(state => state !== 'unknown'),
    ...(lastMonth > 0 && {
      lastMonth,
      ...(states[lastMonth - 1] === 'complete' && {
        monthBefore: lastMonth - 1,
      }),
    }),
    toDate: days !== undefined,
    sameDaysBefore: days?.sameDaysBefore !== undefined,
    ...(days && { days }),
  };
}

function daysOf(
  months: readonly Month[],
  extent: DataExtent,
  sources: readonly number[],
): PortfolioCalendar['days'] {
  const dataThrough = extent.dataThrough(sources);
  if (
    dataThrough === undefined ||
    !months.slice(1).includes(monthOfDay(dataThrough))
  ) {
    return undefined;
  }
  const { monthToDate, sameDaysBefore } = headlineWindows(dataThrough);
  if (!extent.covers(sources, monthToDate, 'day')) {
    return undefined;
  }
  return {
    toDate: monthToDate,
    ...(extent.covers(sources, sameDaysBefore, 'day') && { sameDaysBefore }),
  };
}
