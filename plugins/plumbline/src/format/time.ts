import type {
  Day,
  Instant,
} from '@plumbline/backstage-plugin-plumbline-common';

const LOCALE = 'en-GB';

const dayFormat = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const dayWithYearFormat = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const monthNameFormat = new Intl.DateTimeFormat(LOCALE, {
  month: 'long',
  timeZone: 'UTC',
});
const monthFormat = new Intl.DateTimeFormat(LOCALE, {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

function instantOf(day: Day): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

/** Keeps the parts of a date or of an age on one line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** `2026-11-21` as `21 Nov`, with the year where it is not this one. Its spaces do not break. */
export function formatDay(day: Day, now: Date = new Date()): string {
  const date = instantOf(day);
  return unbroken(
    date.getUTCFullYear() === now.getUTCFullYear()
      ? dayFormat.format(date)
      : dayWithYearFormat.format(date),
  );
}

/** `2026-11-01` as `Nov 2026`. */
export function formatMonth(day: Day): string {
  return unbroken(monthFormat.format(instantOf(day)));
}

/** Whether a day lies in the present month. */
export function isThisMonth(day: Day, now: Date = new Date()): boolean {
  return day.slice(0, 7) === now.toISOString().slice(0, 7);
}

/** The name of the month before the one that `day` lies in: `October`. */
export function monthBefore(day: Day): string {
  const date = instantOf(day);
  return monthNameFormat.format(
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1)),
  );
}

/** How many days the month before the one of `day` has. */
export function daysInMonthBefore(day: Day): number {
  const date = instantOf(day);
  return new Date(
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0),
  ).getUTCDate();
}

/** Which day of its month `day` is, 1 to 31. */
export function dayOfMonth(day: Day): number {
  return instantOf(day).getUTCDate();
}

/** Whole days from one day to another; negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round(
    (instantOf(to).getTime() - instantOf(from).getTime()) / 86_400_000,
  );
}

const units: [label: string, length: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** How long ago an instant was: `2 h ago`, `just now`. */
export function formatAgo(instant: Instant, now: Date = new Date()): string {
  const passed = now.getTime() - new Date(instant).getTime();
  for (const [label, length] of units) {
    if (passed >= length) {
      return unbroken(`${Math.floor(passed / length)} ${label} ago`);
    }
  }
  return 'just now';
}
