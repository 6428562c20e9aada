import type {
  BudgetPeriod,
  Month,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  addMonths,
  endDayOfMonth,
  firstDayOfMonth,
  monthOfDay,
} from '../../database';
import type { DayWindow } from '../CostStore';
import type { BudgetDefinition } from './types';

const MONTHS: Record<BudgetPeriod, number> = { month: 1, quarter: 3, year: 12 };

const NAME_OF_MONTH = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  timeZone: 'UTC',
});

/** The calendar month, quarter or year (UTC) that a day lies in. @internal */
export function periodOf(period: BudgetPeriod, day: number): DayWindow {
  const count = MONTHS[period];
  const month = monthOfDay(day);
  const number = Number(month.slice(5));
  const first = addMonths(month, -((number - 1) % count));
  return {
    from: firstDayOfMonth(first),
    to: endDayOfMonth(addMonths(first, count - 1)),
  };
}

/** Whether a budget is for a period, by its first and last month. @internal */
export function isFor(
  { fromMonth, toMonth }: Pick<BudgetDefinition, 'fromMonth' | 'toMonth'>,
  { from, to }: DayWindow,
): boolean {
  const first: Month = monthOfDay(from);
  const last: Month = monthOfDay(to - 1);
  return !(fromMonth && fromMonth > last) && !(toMonth && toMonth < first);
}

/** A period as people call it: `October`, `Q4 2026`, `2026`. @internal */
export function periodInWords(
  period: BudgetPeriod,
  { from }: DayWindow,
): string {
  const [year, month] = monthOfDay(from).split('-');
  switch (period) {
    case 'month':
      return NAME_OF_MONTH.format(new Date(`${year}-${month}-01`));
    case 'quarter':
      return `Q${Math.ceil(Number(month) / 3)} ${year}`;
    default:
      return year;
  }
}
