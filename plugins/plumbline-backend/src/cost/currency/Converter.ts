import type { Converted } from '@plumbline/backstage-plugin-plumbline-common';
import type { Decimal } from 'decimal.js';
import { dayToText, ExactDecimal } from '../../database';
import type { DayWindow } from '../CostStore';
import type { RateTable } from './RateTable';

/** Amounts by day in nanos, of one currency. @internal */
export interface CurrencyDays {
  currency: string;
  daily: ReadonlyMap<number, bigint>;
}

/** Places of a converted amount: those of the exact ones. */
const PLACES = 9;

const NANO = new ExactDecimal(10).pow(-PLACES);

interface Used {
  oldest: number;
  newest: number;
}

/** What became of a window. @internal */
export interface ConvertedDays extends Converted {
  /** By period. */
  amounts: string[];
}

/**
 * Converts amounts into the reporting currency.
 *
 * @internal
 */
export class Converter {
  constructor(
    private readonly table: RateTable,
    private readonly staleAfterDays: number,
  ) {}

  get currency(): string {
    return this.table.reporting;
  }

  /** Whether there is no rate at all. */
  get isEmpty(): boolean {
    return this.table.isEmpty;
  }

  /** Whether there is anything to convert. */
  concerns(currencies: readonly { currency: string }[]): boolean {
    return currencies.some(({ currency }) => currency !== this.currency);
  }

  /**
   * Each day by its own rate; rounded once, at the end. A currency that lacks a rate for one of its days is left out as
   * a whole and named.
   */
  convert(
    currencies: readonly CurrencyDays[],
    window: DayWindow,
    periods: { count: number; indexOfDay(day: number): number } = {
      count: 0,
      indexOfDay: () => -1,
    },
  ): ConvertedDays {
    const byPeriod: Decimal[] = new Array(periods.count).fill(
      new ExactDecimal(0),
    );
    const rates: Converted['rates'] = [];
    const lacks: string[] = [];
    let total: Decimal = new ExactDecimal(0);
    let stale = false;
    for (const { currency, daily } of currencies) {
      const days = [...daily].filter(
        ([day, nanos]) => nanos !== 0n && day >= window.from && day < window.to,
      );
      const converted = this.#convertDays(currency, days);
      if (!converted) {
        lacks.push(currency);
        continue;
      }
      stale ||= converted.stale;
      if (converted.used) {
        rates.push({
          currency,
          oldest: dayToText(converted.used.oldest),
          newest: dayToText(converted.used.newest),
        });
      }
      for (const [day, amount] of converted.amounts) {
        total = total.plus(amount);
        const index = periods.indexOfDay(day);
        if (index >= 0) {
          byPeriod[index] = byPeriod[index].plus(amount);
        }
      }
    }
    return {
      currency: this.currency,
      total: rounded(total),
      rates,
      stale,
      lacks,
      amounts: byPeriod.map(rounded),
    };
  }

  /** @returns undefined where a day has no rate */
  #convertDays(
    currency: string,
    days: readonly (readonly [number, bigint])[],
  ): { amounts: [number, Decimal][]; used?: Used; stale: boolean } | undefined {
    const amounts: [number, Decimal][] = [];
    if (currency === this.currency) {
      for (const [day, nanos] of days) {
        amounts.push([day, units(nanos)]);
      }
      return { amounts, stale: false };
    }
    let used: Used | undefined;
    let stale = false;
    for (const [day, nanos] of days) {
      const rate = this.table.rateOn(currency, day);
      if (!rate) {
        return undefined;
      }
      amounts.push([day, units(nanos).times(rate.rate)]);
      used = {
        oldest: Math.min(used?.oldest ?? rate.day, rate.day),
        newest: Math.max(used?.newest ?? rate.day, rate.day),
      };
      stale ||= day - rate.day > this.staleAfterDays;
    }
    return { amounts, used, stale };
  }
}

function units(nanos: bigint): Decimal {
  return new ExactDecimal(nanos.toString()).times(NANO);
}

function rounded(value: Decimal): string {
  return value.toDecimalPlaces(PLACES).toFixed();
}
