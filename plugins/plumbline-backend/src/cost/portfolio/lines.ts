import type {
  PortfolioRowKind,
  PortfolioSort,
} from '@plumbline/backstage-plugin-plumbline-common';
import { compare } from '../series';
import {
  addAmounts,
  differenceOf,
  noAmounts,
  totalOfMonths,
  type Amounts,
  type Calendar,
} from './Figures';

/** Whom a line stands for. @internal */
export interface LineKey {
  kind: PortfolioRowKind;
  /** Of `named` ones. */
  key?: string;
}

/** One row before it is shown: whom it stands for, and amounts of one currency. @internal */
export interface Line extends LineKey {
  currency: string;
  amounts: Amounts;
}

/** Lines that are not about somebody come after those that are. */
const KINDS: PortfolioRowKind[] = ['named', 'none', 'removed', 'hidden'];

/**
 * The lines in order: currency by currency, as they are given, for amounts of two cannot be compared; by name
 * where they are equal.
 *
 * @internal
 */
export function sortLines(
  lines: readonly Line[],
  options: {
    currencies: readonly string[];
    calendar: Calendar;
    sort: PortfolioSort;
    order: 'asc' | 'desc';
  },
): Line[] {
  const { currencies, calendar, sort, order } = options;
  const sign = order === 'asc' ? 1 : -1;
  const byName = (a: Line, b: Line) =>
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareText(a, b);
  return [...lines].sort((a, b) => {
    const apart =
      currencies.indexOf(a.currency) - currencies.indexOf(b.currency);
    if (apart !== 0) {
      return apart;
    }
    if (sort === 'name') {
      return (
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
        sign * compareText(a, b)
      );
    }
    const [first, second] = [a, b].map(line =>
      amountOf(line.amounts, calendar, sort),
    );
    return sign * compare(first, second) || byName(a, b);
  });
}

/** What the lines of each currency add up to. @internal */
export function totalsOf(
  lines: readonly { currency: string; amounts: Amounts }[],
  calendar: Calendar,
): Map<string, Amounts> {
  const totals = new Map<string, Amounts>();
  for (const { currency, amounts } of lines) {
    const total = totals.get(currency) ?? noAmounts(calendar.months.length);
    totals.set(currency, total);
    addAmounts(total, amounts);
  }
  return totals;
}

function amountOf(
  amounts: Amounts,
  calendar: Calendar,
  sort: Exclude<PortfolioSort, 'name'>,
): bigint {
  const { lastMonth } = calendar;
  switch (sort) {
    case 'lastMonth':
      return lastMonth === undefined ? 0n : amounts.months[lastMonth];
    case 'difference':
      return differenceOf(amounts, calendar) ?? 0n;
    case 'toDate':
      return amounts.toDate;
    default:
      return totalOfMonths(amounts);
  }
}

/** By the name, and by kind and namespace only where two have the same. */
function compareText({ key: a = '' }: Line, { key: b = '' }: Line): number {
  const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
  const [first, second] = [`${nameOf(a)} ${a}`, `${nameOf(b)} ${b}`];
  if (first === second) {
    return 0;
  }
  return first < second ? -1 : 1;
}
