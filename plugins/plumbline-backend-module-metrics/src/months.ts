import { createHash } from 'node:crypto';
import type {
  DailyUsage,
  UsageBatch,
} from '@plumbline/backstage-plugin-plumbline-node';

const DAY_MS = 86_400_000;
const MOST_ROWS = 5_000;

/** The day number (days since 1970-01-01 UTC) of an instant in milliseconds. @internal */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** `YYYY-MM-DD` of a day number. @internal */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The first day number of a month, and that after its last day. @internal */
export function daysOfMonth(month: string): { from: number; to: number } {
  const [year, number] = month.split('-').map(Number);
  return {
    from: dayOf(Date.UTC(year, number - 1, 1)),
    to: dayOf(Date.UTC(year, number, 1)),
  };
}

/** The months of a window that lie after a cursor. @internal */
export function* monthsAfter(
  window: { from: string; to: string },
  cursor: string | undefined,
): Generator<string> {
  for (
    let month = window.from;
    month <= window.to;
    month = dayText(daysOfMonth(month).to).slice(0, 7)
  ) {
    if (cursor === undefined || month > cursor) {
      yield month;
    }
  }
}

/** Changes whenever the rows do. @internal */
export function fingerprintOf(rows: readonly DailyUsage[]): string {
  const hash = createHash('sha256');
  for (const { entityRef, metric, day, value } of rows) {
    hash.update(`${entityRef} ${metric} ${day} ${value}\n`);
  }
  return hash.digest('hex');
}

/** Rows as batches. @internal */
export function* rowBatches(
  rows: readonly DailyUsage[],
): Generator<UsageBatch> {
  for (let start = 0; start < rows.length; start += MOST_ROWS) {
    yield { type: 'rows', rows: rows.slice(start, start + MOST_ROWS) };
  }
}
