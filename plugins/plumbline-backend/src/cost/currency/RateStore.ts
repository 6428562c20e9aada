import type {
  Day,
  Instant,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import { dayToText, MAX_BATCH, type PlumblineDatabase } from '../../database';
import type { ExchangeRate } from './types';

interface RateRow {
  from_code: string;
  to_code: string;
  day: number;
  rate: string;
}

/** When the rates were last looked for, and what went wrong then. @internal */
export interface RatesReading {
  readAt: Instant;
  problem?: string;
}

/** Where `plumbline_state` keeps how the last reading went. */
const STATE_KEY = 'exchange_rates';

/**
 * The table of exchange rates.
 *
 * @internal
 */
export class RateStore {
  static create(options: { database: PlumblineDatabase }): RateStore {
    return new RateStore(options.database);
  }

  private constructor(private readonly database: PlumblineDatabase) {}

  /** Puts these in place of all others; of several for one day the last one counts. */
  async replace(rates: readonly ExchangeRate[]): Promise<void> {
    const rows = new Map(
      rates.map(({ from, to, day, rate }) => [
        `${from} ${to} ${day}`,
        { from_code: from, to_code: to, day, rate },
      ]),
    );
    const all = [...rows.values()];
    await this.database.knex.transaction(async trx => {
      await trx('exchange_rate').delete();
      // Rows have four columns, and SQLite takes 32,766 parameters.
      await trx.batchInsert('exchange_rate', all, MAX_BATCH);
    });
  }

  async setReading(reading: RatesReading): Promise<void> {
    await this.database
      .knex('plumbline_state')
      .insert({ key: STATE_KEY, value: JSON.stringify(reading) })
      .onConflict('key')
      .merge(['value']);
  }

  /** Undefined where they were never looked for. */
  async getReading(): Promise<RatesReading | undefined> {
    const row = await this.database
      .knex('plumbline_state')
      .where({ key: STATE_KEY })
      .first('value');
    return row && JSON.parse(row.value);
  }

  /** How many rates lead to a currency or from it, and how far they reach. */
  async getExtent(currency: string): Promise<{ rates: number; newest?: Day }> {
    const rows: { rates: number | string; newest: number | null }[] =
      await this.#of(currency).select(
        this.database.knex.raw('count(*) as rates, max(day) as newest'),
      );
    const [{ rates, newest }] = rows;
    return {
      rates: Number(rates),
      ...(newest !== null && { newest: dayToText(Number(newest)) }),
    };
  }

  /** Rates that lead to a currency or from it. */
  async list(currency: string): Promise<ExchangeRate[]> {
    const rows: RateRow[] = await this.#of(currency).orderBy('day');
    return rows.map(({ from_code: from, to_code: to, day, rate }) => ({
      from,
      to,
      day,
      rate,
    }));
  }

  #of(currency: string): Knex.QueryBuilder {
    return this.database
      .knex('exchange_rate')
      .where({ from_code: currency })
      .orWhere({ to_code: currency });
  }
}
