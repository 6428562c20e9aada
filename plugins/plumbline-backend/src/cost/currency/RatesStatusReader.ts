import type { ExchangeRatesStatus } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import { RateStore } from './RateStore';
import type { CurrencyConfig } from './types';

/**
 * How the last reading of the exchange rates went.
 *
 * @internal
 */
export class RatesStatusReader {
  static create(options: {
    database: PlumblineDatabase;
    config: CurrencyConfig | undefined;
  }): RatesStatusReader {
    return new RatesStatusReader(RateStore.create(options), options.config);
  }

  private constructor(
    private readonly store: RateStore,
    private readonly config: CurrencyConfig | undefined,
  ) {}

  /** Undefined where there is no reporting currency. */
  async getStatus(): Promise<ExchangeRatesStatus | undefined> {
    const { config } = this;
    if (!config) {
      return undefined;
    }
    const [extent, reading] = await Promise.all([
      this.store.getExtent(config.reporting),
      this.store.getReading(),
    ]);
    return { currency: config.reporting, ...extent, ...reading };
  }
}
