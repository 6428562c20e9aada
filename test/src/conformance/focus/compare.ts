import { Decimal } from 'decimal.js';
import type { Tally } from '../Tally';
import type { Total } from './expected';

/** Decimals of 38 digits and a few more; the library's own 20 would round them. */
const Exact = Decimal.clone({ precision: 60 });

/** Half of the last place that is stored. */
const TOLERANCE = '0.5e-9';

/** Sums of one month and currency, by whom they belong to. */
export interface Share {
  month: string;
  currency: string;
  to: 'entities' | 'shared' | 'unallocated';
  effective: string;
  billed: string;
}

/** Every total of a month, provider, service and currency against the expected one. */
export function compareTotals(
  file: string,
  expected: Total[],
  actual: Total[],
  tally: Pick<Tally, 'check'>,
): void {
  const keyOf = (total: Total) =>
    [total.month, total.provider, total.service, total.currency].join(' · ');
  const found = new Map(actual.map(total => [keyOf(total), total]));
  for (const total of expected) {
    const key = keyOf(total);
    const other = found.get(key);
    found.delete(key);
    for (const basis of ['effective', 'billed'] as const) {
      compare(`${file}: ${key}: ${basis}`, total[basis], other?.[basis], tally);
    }
  }
  for (const [key, { effective, billed }] of found) {
    tally.check(
      false,
      `${file}: ${key}: stored ${billed} billed, ${effective} effective, of which the file says nothing`,
    );
  }
}

/** Σ entities + Σ shared + Σ unallocated = Σ export, by month and currency. */
export function compareSumRule(
  file: string,
  expected: Total[],
  shares: Share[],
  tally: Pick<Tally, 'check'>,
): void {
  const keyOf = (item: { month: string; currency: string }) =>
    `${item.month} · ${item.currency}`;
  for (const key of new Set(expected.map(keyOf))) {
    for (const basis of ['effective', 'billed'] as const) {
      compare(
        `${file}: ${key}: Σ ${basis} of entities, shared and unallocated`,
        sum(expected.filter(item => keyOf(item) === key).map(i => i[basis])),
        sum(shares.filter(item => keyOf(item) === key).map(i => i[basis])),
        tally,
      );
    }
  }
  tally.check(
    shares.some(({ to, billed }) => to === 'entities' && billed !== '0'),
    `${file}: no entity got anything, so the sum rule was not put to the test`,
  );
}

function compare(
  what: string,
  expected: string,
  actual: string | undefined,
  tally: Pick<Tally, 'check'>,
): void {
  const off =
    actual === undefined
      ? undefined
      : new Exact(expected).minus(new Exact(actual)).abs();
  tally.check(
    off?.lte(TOLERANCE) ?? false,
    `${what}: expected ${expected}, stored ${actual ?? 'nothing'}`,
  );
}

function sum(amounts: string[]): string {
  return amounts
    .reduce((total, amount) => total.plus(amount), new Exact(0))
    .toFixed();
}
