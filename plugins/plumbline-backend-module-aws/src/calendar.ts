const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a date, `YYYY-MM-DD`. @internal */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date of a day, `YYYY-MM-DD`. @internal */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The UTC day of an instant. @internal */
export function dayOfInstant(instant: Date): number {
  return Math.floor(instant.getTime() / DAY_MS);
}

/** The month of a day, `YYYY-MM`. @internal */
export function monthOfDay(day: number): string {
  return dateOfDay(day).slice(0, 7);
}

/** The month so many months later. @internal */
export function addMonths(month: string, months: number): string {
  const [year, ordinal] = month.split('-').map(Number);
  return new Date(Date.UTC(year, ordinal - 1 + months, 1))
    .toISOString()
    .slice(0, 7);
}

/** First day of a month. @internal */
export function firstDayOf(month: string): number {
  return dayOfDate(`${month}-01`);
}

/** Last day of a month. @internal */
export function lastDayOf(month: string): number {
  return firstDayOf(addMonths(month, 1)) - 1;
}

/** The months of a range, both ends inclusive. @internal */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    months.push(month);
  }
  return months;
}
