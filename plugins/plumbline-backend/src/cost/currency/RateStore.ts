import { MAX_BATCH, type PlumblineDatabase } from '../../database';
import type { ExchangeRate } from './types';

interface RateRow {
  from_code: string;
  to_code: string;
  day: number;
  rate: string;
}

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

  /** Rates that lead to a currency or from it. */
  async list(currency: string): Promise<ExchangeRate[]> {
    const rows: RateRow[] = await this.database
      .knex('exchange_rate')
      .where({ from_code: currency })
      .orWhere({ to_code: currency })
      .orderBy('day');
    return rows.map(({ from_code: from, to_code: to, day, rate }) => ({
      from,
      to,
      day,
      rate,
    }));
  }
}
