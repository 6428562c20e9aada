import { DateTime } from 'luxon';
import type { Day } from '@plumbline/backstage-plugin-plumbline-common';

/** The day after the last one, where a window's end is exclusive. */
export function dayAfterLast(lastDay: Day): Day {
  return DateTime.fromISO(lastDay, { zone: 'utc' })
    .plus({ days: 1 })
    .toFormat('yyyy-MM-dd');
}
