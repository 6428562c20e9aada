import { monthNumber, monthOfNumber } from '../layout/month';

const DAY_MS = 86_400_000;

/**
 * The last day the files hold complete usage for. Providers deliver a day's last lines up to a day late,
 * so a day counts once the files were written 24 hours after its end. The newest day with usage counts only
 * where usage of a later day shows that it is over, or it is the last of its month: else the day before it does.
 *
 * @param usage - newest day of the month with a usage line, and newest one of all lines read with it,
 *   days since 1970-01-01
 * @param month - `YYYY-MM`
 * @param written - when the newest file was written
 * @internal
 */
export function lastCompleteDay(
  usage: { inMonth: number; inAll: number },
  month: string,
  written: Date,
): number {
  const next = monthOfNumber(monthNumber(month) + 1);
  const lastOfMonth = Date.parse(`${next}-01`) / DAY_MS - 1;
  const isOver = usage.inAll > usage.inMonth || usage.inMonth >= lastOfMonth;
  const settled = Math.floor(written.getTime() / DAY_MS) - 2;
  return Math.min(isOver ? usage.inMonth : usage.inMonth - 1, settled);
}
