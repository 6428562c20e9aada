import type { Decimal } from 'decimal.js';
import { ExactDecimal } from '../../database';
import type { ExchangeRate } from './types';

/** A rate as it holds on a day. @internal */
export interface RateOnDay {
  /** How many of the reporting currency one unit is. */
  rate: Decimal;
  /** When it was published. */
  day: number;
}

/**
 * Which rate holds on which day: the latest that was published until then. A rate from the reporting currency is turned
 * round; of two of one day, the one that leads to it counts.
 *
 * @internal
 */
export class RateTable {
  static of(reporting: string, rates: readonly ExchangeRate[]): RateTable {
    const byCurrency = new Map<string, Map<number, Decimal>>();
    const add = (currency: string, day: number, rate: Decimal) => {
      const days = byCurrency.get(currency) ?? new Map<number, Decimal>();
      byCurrency.set(currency, days.set(day, rate));
    };
    for (const { from, to, day, rate } of rates) {
      if (from === reporting) {
        add(to, day, new ExactDecimal(1).div(rate));
      }
    }
    for (const { from, to, day, rate } of rates) {
      if (to === reporting) {
        add(from, day, new ExactDecimal(rate));
      }
    }
    return new RateTable(
      reporting,
      new Map(
        [...byCurrency].map(([currency, days]) => [
          currency,
          [...days]
            .map(([day, rate]) => ({ day, rate }))
            .sort((a, b) => a.day - b.day),
        ]),
      ),
    );
  }

  private constructor(
    readonly reporting: string,
    private readonly rates: ReadonlyMap<string, readonly RateOnDay[]>,
  ) {}

  get isEmpty(): boolean {
    return this.rates.size === 0;
  }

  /** Undefined where none was published until then. */
  rateOn(currency: string, day: number): RateOnDay | undefined {
    const rates = this.rates.get(currency) ?? [];
    let low = 0;
    let high = rates.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (rates[middle].day <= day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return rates[low - 1];
  }
}
