import { InputError } from '@backstage/errors';
import type { Day, Month } from '@plumbline/backstage-plugin-plumbline-common';

const DAY_MS = 86_400_000;

/** The day number (days since 1970-01-01 UTC) of an instant. @internal */
export function dayOfInstant(instant: Date): number {
  return Math.floor(instant.getTime() / DAY_MS);
}

/** `YYYY-MM-DD` of a day number. @internal */
export function dayToText(day: number): Day {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The day number of `YYYY-MM-DD`.
 *
 * @throws InputError when it is no day of the calendar
 * @internal
 */
export function dayFromText(text: Day): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time) || dayToText(time / DAY_MS) !== text) {
    throw new InputError(`'${text}' is no day; write it as YYYY-MM-DD`);
  }
  return time / DAY_MS;
}

/** The month (`YYYY-MM`) of a day number. @internal */
export function monthOfDay(day: number): Month {
  return dayToText(day).slice(0, 7);
}

/** The month (`YYYY-MM`) of an instant. @internal */
export function monthOfInstant(instant: Date): Month {
  return instant.toISOString().slice(0, 7);
}

/** Whether a text is a month of the calendar, `YYYY-MM`. @internal */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** The month so many months later (or earlier). @internal */
export function addMonths(month: Month, count: number): Month {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1))
    .toISOString()
    .slice(0, 7);
}

/** The first day number of a month. @internal */
export function firstDayOfMonth(month: Month): number {
  return dayFromText(`${month}-01`);
}

/** The day number after a month's last day. @internal */
export function endDayOfMonth(month: Month): number {
  return firstDayOfMonth(addMonths(month, 1));
}

/** Midnight UTC at the start of a day number. @internal */
export function instantOfDay(day: number): Date {
  return new Date(day * DAY_MS);
}

/** An instant as the databases give it back: a Date, epoch milliseconds or text. @internal */
export function instantFromDatabase(value: unknown): Date | undefined {
  if (value === null || value === undefined) {
    return undefined;
  }
  return value instanceof Date ? value : new Date(value as number | string);
}
