import { Decimal } from 'decimal.js';
import { ExportCalendar } from './calendar';
import { ChargeLine, ChargeRow, costScale } from './ledger';

/** What an export must add up to. */
export type Totals = {
  provider: string;
  currency: string;
  /** Billing period, `YYYY-MM`. */
  month: string;
  rows: number;
  /** Exact decimals with ten places. */
  billedCost: string;
  effectiveCost: string;
};

const asDecimal = (scaled: bigint) =>
  new Decimal(scaled.toString()).div(costScale).toFixed(10);

/** Adds rows up by provider, currency and billing period, without rounding. */
export function totalsOf(
  lines: readonly ChargeLine[],
  rows: readonly ChargeRow[],
  calendar: ExportCalendar,
): Totals[] {
  const sums = new Map<
    string,
    { rows: number; billed: bigint; effective: bigint }
  >();
  for (const row of rows) {
    const { provider, currency } = lines[row.line].account;
    const key = `${provider} ${currency} ${calendar.month(row.billedOn)}`;
    const sum = sums.get(key) ?? { rows: 0, billed: 0n, effective: 0n };
    sum.rows += 1;
    sum.billed += BigInt(row.billedCost);
    sum.effective += BigInt(row.effectiveCost);
    sums.set(key, sum);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, sum]) => {
      const [provider, currency, month] = key.split(' ');
      return {
        provider,
        currency,
        month,
        rows: sum.rows,
        billedCost: asDecimal(sum.billed),
        effectiveCost: asDecimal(sum.effective),
      };
    });
}
