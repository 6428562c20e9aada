import type {
  Month,
  MonthState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { addMonths, endDayOfMonth, firstDayOfMonth } from '../../database';
import type { DataExtent } from '../DataExtent';

/** Every month from one to another, both inclusive. @internal */
export function monthsFrom(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) {
    months.push(month);
  }
  return months;
}

/**
 * How much the sources hold of a month: what one of them lacks makes it incomplete, what none of them holds
 * makes it unknown.
 *
 * @internal
 */
export function monthStateOf(
  month: Month,
  extent: DataExtent,
  sources: Iterable<number>,
): MonthState {
  const window = { from: firstDayOfMonth(month), to: endDayOfMonth(month) };
  const missing = [...sources].map(source =>
    extent
      .missing([source], window)
      .reduce((days, { from, to }) => days + to - from, 0),
  );
  const days = window.to - window.from;
  if (missing.every(count => count === days)) {
    return 'unknown';
  }
  return missing.every(count => count === 0) ? 'complete' : 'incomplete';
}
