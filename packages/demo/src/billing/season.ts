import { ExportCalendar } from './calendar';
import { Rhythm } from './volumes';

const weeks: Record<Exclude<Rhythm, 'flat' | 'month-end'>, number[]> = {
  shop: [0.95, 0.92, 0.95, 1, 1.06, 1.14, 1.1],
  office: [1.15, 1.2, 1.2, 1.15, 1.05, 0.35, 0.3],
  warehouse: [1.25, 1.15, 1.1, 1.1, 1.15, 0.75, 0.2],
};

const yearlyGrowth = 0.22;

/** How busy a day is; 1 is a usual day in the middle of the export. */
export function seasonOf(
  calendar: ExportCalendar,
  rhythm: Rhythm,
  day: number,
): number {
  if (rhythm === 'flat') {
    return 1;
  }
  const growth = (1 + yearlyGrowth) ** ((day - calendar.days / 2) / 365);
  if (rhythm === 'month-end') {
    return growth * (calendar.isMonthEnd(day) ? 12 : 0.3);
  }
  const weekly = weeks[rhythm][calendar.weekday(day)];
  if (rhythm === 'office') {
    return growth * weekly;
  }
  const yearly =
    1 + 0.14 * Math.cos(2 * Math.PI * (calendar.shareOfYear(day) - 0.95));
  return growth * weekly * yearly * calendar.blackFriday(day);
}
