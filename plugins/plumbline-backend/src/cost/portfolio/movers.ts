import type { Portfolio } from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal } from '../../database';
import { compare } from '../series';
import { comparedWith, differenceOf, type Calendar } from './Figures';
import type { Line } from './lines';

/** So many rise and so many fall. */
const MOST = 5;

/** Who moved most between two months. @internal */
export interface Movers {
  currency: string;
  risers: Line[];
  fallers: Line[];
}

/** Who rose and who fell most between the last two complete months, by currency. @internal */
export function moversOf(
  lines: readonly Line[],
  currencies: readonly string[],
  calendar: Calendar,
): Movers[] {
  return currencies.flatMap(currency => {
    const moved = lines
      .filter(line => line.currency === currency)
      .map(line => ({
        line,
        difference: differenceOf(line.amounts, calendar) ?? 0n,
      }))
      .sort((a, b) => compare(b.difference, a.difference));
    const risers = moved.filter(({ difference }) => difference > 0n);
    const fallers = moved.filter(({ difference }) => difference < 0n);
    return risers.length + fallers.length === 0
      ? []
      : [
          {
            currency,
            risers: risers.slice(0, MOST).map(({ line }) => line),
            fallers: fallers
              .slice(-MOST)
              .reverse()
              .map(({ line }) => line),
          },
        ];
  });
}

/** A mover as the API gives it, but for its name. @internal */
export function moverOf(
  { amounts }: Line,
  { lastMonth = 0, monthBefore = 0 }: Calendar,
): Omit<Portfolio['movers'][number]['risers'][number], 'kind' | 'key'> {
  const [now, before] = [
    amounts.months[lastMonth],
    amounts.months[monthBefore],
  ];
  return { lastMonth: nanosToDecimal(now), ...comparedWith(now, before) };
}
