import type { ExportFile } from '../storage/ExportStorage';
import { monthOfFolder } from './month';

const DAY_MS = 86_400_000;
const DATE = /(?<!\d)(20\d{2})(-?)(\d{2})\2(\d{2})(?!\d)/g;

/**
 * When the newest of the files was written: its time, or an earlier day that its name or its run's says, as in
 * `20260919T100000Z-…/` or `focus-2026-09-19.csv`. A copy of an old export has a new time, but its old name.
 *
 * @param lastUsageDay - days since 1970-01-01; a name that says an earlier day does not mean its writing
 * @param manifestAt - when the provider closed the files' manifest, where there is one
 * @internal
 */
export function writtenAt(
  files: ExportFile[],
  lastUsageDay: number,
  manifestAt?: Date,
): Date {
  const times = files.map(({ name, modified }) => {
    const day = dayInName(name);
    return day !== undefined && day >= lastUsageDay
      ? Math.min(modified.getTime(), (day + 1) * DAY_MS)
      : modified.getTime();
  });
  return new Date(
    Math.min(Math.max(...times), manifestAt?.getTime() ?? Infinity),
  );
}

/** The newest day that a part of the path names; two in one part are a period, not a date. */
function dayInName(name: string): number | undefined {
  const days = name
    .split('/')
    .filter(part => monthOfFolder(part) === undefined)
    .flatMap(part => {
      const dates = [...part.matchAll(DATE)];
      return dates.length === 1 ? dates : [];
    })
    .map(([, year, , month, day]) => Date.parse(`${year}-${month}-${day}`))
    .filter(time => !Number.isNaN(time));
  return days.length > 0 ? Math.max(...days) / DAY_MS : undefined;
}
