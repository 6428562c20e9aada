import { DateTime } from 'luxon';
import type {
  EntityCosts,
  Portfolio,
} from '@plumbline/backstage-plugin-plumbline-common';

/** The days of a portfolio as sentences about missing days need them. */
export function missingDaysOf({
  months,
  missing,
  freshness,
}: Portfolio): Pick<EntityCosts, 'from' | 'to' | 'missing' | 'freshness'> {
  const end = DateTime.fromISO(`${months[months.length - 1].month}-01`, {
    zone: 'utc',
  }).plus({ months: 1 });
  return {
    from: `${months[0].month}-01`,
    to: end.toFormat('yyyy-MM-dd'),
    missing,
    freshness,
  };
}
