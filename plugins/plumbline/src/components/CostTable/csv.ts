import type {
  CostSeries,
  Day,
} from '@plumbline/backstage-plugin-plumbline-common';
import { amountAt, type Gaps } from '../CostChart/chartData';

const NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One field of a CSV file (RFC 4180). A text that a spreadsheet would run as a formula
 * gets an apostrophe in front; numbers stay as they are.
 */
export function csvField(value: string): string {
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The series as CSV: amounts exact, unknown ones empty. */
export function costCsv(options: {
  series: CostSeries[];
  currency: string;
  periods: Day[];
  gaps?: Gaps;
}): string {
  const { series, currency, periods, gaps } = options;
  const header = [
    'key',
    'name',
    'provider',
    'account',
    'region',
    'type',
    'currency',
    'total',
    ...periods,
  ];
  const rows = series.map(({ key, label, detail, total, amounts }) => [
    key,
    label,
    detail?.provider ?? '',
    detail?.accountId ?? '',
    detail?.region ?? '',
    detail?.type ?? '',
    currency,
    total,
    ...periods.map((_, index) => amountAt(amounts, periods, index, gaps) ?? ''),
  ]);
  return csvText([header, ...rows]);
}

/** Rows of fields as the text of a CSV file. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map(row => `${row.map(csvField).join(',')}\r\n`).join('');
}
