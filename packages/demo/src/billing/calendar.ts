import { InputError } from '@backstage/errors';

const dayMs = 86_400_000;

function parseDate(date: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date)
    ? Date.parse(`${date}T00:00:00Z`)
    : NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) {
    throw new InputError(`'${date}' is not a date; write it as YYYY-MM-DD`);
  }
  return ms;
}

/** Days that a default export covers. */
export const defaultDays = 400;

/** The days of an export: 0 is the first, `days - 1` the end date. */
export class ExportCalendar {
  private constructor(
    private readonly startMs: number,
    readonly days: number,
  ) {}

  /** Takes the end date as `YYYY-MM-DD`, UTC. */
  static create(options: { end: string; days?: number }): ExportCalendar {
    const days = options.days ?? defaultDays;
    return new ExportCalendar(
      parseDate(options.end) - (days - 1) * dayMs,
      days,
    );
  }

  /** `YYYY-MM-DD` of a day. */
  date(day: number): string {
    return new Date(this.startMs + day * dayMs).toISOString().slice(0, 10);
  }

  /** `YYYY-MM` of a day. */
  month(day: number): string {
    return this.date(day).slice(0, 7);
  }

  /** The day of a date; may lie outside the export. */
  dayOf(date: string): number {
    return Math.round((parseDate(date) - this.startMs) / dayMs);
  }

  /** The day that a scenario calls `relative`; 0 is the end date. */
  relative(relative: number): number {
    return this.days - 1 + relative;
  }

  /** 0 is Monday. */
  weekday(day: number): number {
    return (new Date(this.startMs + day * dayMs).getUTCDay() + 6) % 7;
  }

  /** Days since the first of January, as a share of the year. */
  shareOfYear(day: number): number {
    const date = new Date(this.startMs + day * dayMs);
    return (
      (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs / 365
    );
  }

  /** Whether the day is the last or the first of its month. */
  isMonthEnd(day: number): boolean {
    return (
      this.month(day) !== this.month(day + 1) ||
      this.month(day) !== this.month(day - 1)
    );
  }

  /** Whether the day is the last of its month. */
  isLastOfMonth(day: number): boolean {
    return this.month(day) !== this.month(day + 1);
  }

  /** How much busier than usual a shop is for Black Friday; 1 on other days. */
  blackFriday(day: number): number {
    const year = Number(this.date(day).slice(0, 4));
    const firstOfNovember = new Date(Date.UTC(year, 10, 1)).getUTCDay();
    // The Friday after the fourth Thursday
    const friday = 1 + ((4 - firstOfNovember + 7) % 7) + 21 + 1;
    const offset =
      day -
      this.dayOf(
        new Date(Date.UTC(year, 10, friday)).toISOString().slice(0, 10),
      );
    if (offset === 0 || offset === 3) {
      return 2.2;
    }
    return offset >= -4 && offset < 3 ? 1.5 : 1;
  }

  /** Months that the days of the export lie in, in order. */
  months(): string[] {
    const months = new Set<string>();
    for (let day = 0; day < this.days; day++) {
      months.add(this.month(day));
    }
    return [...months];
  }
}

/** Yesterday in UTC, as `YYYY-MM-DD`. */
export function yesterday(now: Date = new Date()): string {
  return new Date(now.getTime() - dayMs).toISOString().slice(0, 10);
}
