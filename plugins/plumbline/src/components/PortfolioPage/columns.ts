import type { Portfolio } from '@plumbline/backstage-plugin-plumbline-common';
import { formatDay, formatMonth } from '../../format';
import { lastDayOf } from '../../selection';

/** What the columns are called, with the months and days that they are of. */
export interface ColumnTitles {
  total: string;
  lastMonth?: string;
  /** What the last month is compared with. */
  monthBefore?: string;
  toDate?: string;
  /** What the days are compared with. */
  sameDaysBefore?: string;
}

/** The titles for an answer; a column without one has nothing to show. */
export function columnTitles({
  months,
  compared,
  toDate,
}: Pick<Portfolio, 'months' | 'compared' | 'toDate'>): ColumnTitles {
  const month = (text: string) => formatMonth(`${text}-01`);
  return {
    total:
      months.length === 1
        ? month(months[0].month)
        : `All ${months.length} months`,
    ...(compared && {
      lastMonth: month(compared.lastMonth),
      ...(compared.monthBefore && { monthBefore: month(compared.monthBefore) }),
    }),
    ...(toDate && {
      toDate: `${formatDay(toDate.from)} to ${formatDay(lastDayOf(toDate.to))}`,
      ...(toDate.before && {
        sameDaysBefore: `usage in ${formatDay(
          toDate.before.from,
        )} to ${formatDay(lastDayOf(toDate.before.to))}`,
      }),
    }),
  };
}
