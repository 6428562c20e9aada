import { firstDayOf, lastDayOf } from '../../calendar';

/** Cost Explorer brings a day's last charges up to a day after its end, and is itself refreshed a few times a day. */
const LAG_DAYS = 2;
/** So long after its end, a month without usage in its last days had none. */
const QUIET_DAYS = 3;

/**
 * The last day of a month that Cost Explorer surely has whole. The newest day with usage counts only where usage of a
 * later day shows that it is over.
 *
 * @param newest - newest day with usage of all that was read
 * @param today - days since 1970-01-01
 * @internal
 */
export function lastCompleteDay(
  month: string,
  newest: number,
  today: number,
): number | undefined {
  const settled = today - LAG_DAYS;
  const last = lastDayOf(month);
  const seen = last <= settled - QUIET_DAYS ? last : newest - 1;
  const day = Math.min(settled, seen, last);
  return day >= firstDayOf(month) ? day : undefined;
}
