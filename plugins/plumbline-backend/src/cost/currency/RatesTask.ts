import type {
  LoggerService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import {
  nameOfPlace,
  readPlace,
  type Place,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { PlumblineDatabase } from '../../database';
import { parseRates } from './parseRates';
import { RateStore } from './RateStore';
import type { CurrencyConfig, ExchangeRate } from './types';

/** All of the European Central Bank's history is 6 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

const TIMEOUT_MS = 30_000;

/**
 * Brings the operator's rates into the database: those of the configuration, and those of a file, which is read again
 * twice a day. Where it cannot be read, the rates that are there stay; how old they are is shown wherever they are used, and
 * that it could not be read to administrators.
 *
 * @internal
 */
export class RatesTask {
  static create(options: {
    database: PlumblineDatabase;
    config: CurrencyConfig;
    urlReader: UrlReaderService;
    logger: LoggerService;
    now?: () => Date;
  }): RatesTask {
    return new RatesTask(options);
  }

  private readonly store: RateStore;
  private readonly now: () => Date;

  private constructor(
    private readonly options: {
      database: PlumblineDatabase;
      config: CurrencyConfig;
      urlReader: UrlReaderService;
      logger: LoggerService;
      now?: () => Date;
    },
  ) {
    this.store = RateStore.create(options);
    this.now = options.now ?? (() => new Date());
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'plumbline-exchange-rates',
      frequency: { hours: 12 },
      initialDelay: { seconds: 5 },
      timeout: { minutes: 5 },
      scope: 'global',
      fn: signal => this.load(signal),
    });
  }

  async load(signal?: AbortSignal): Promise<void> {
    const { config, logger } = this.options;
    let ofFile: ExchangeRate[] = [];
    if (config.ratesFile) {
      try {
        ofFile = parseRates(
          await this.read(config.ratesFile, signal),
          nameOfPlace(config.ratesFile),
        );
      } catch (error) {
        logger.error(
          `The exchange rates of plumbline.currency.ratesFile could not be read; those read before stay: ${stringifyError(
            error,
          )}`,
        );
        await this.store.setReading({
          readAt: this.now().toISOString(),
          problem: `plumbline.currency.ratesFile could not be read: ${
            isError(error) ? error.message : error
          }`,
        });
        return;
      }
    }
    // What the configuration says comes last, and so before the file.
    await this.store.replace([...ofFile, ...config.rates]);
    await this.store.setReading({ readAt: this.now().toISOString() });
    logger.info(
      `Took ${
        ofFile.length + config.rates.length
      } exchange rates for figures in ${config.reporting}`,
    );
  }

  private async read(place: Place, stopped?: AbortSignal): Promise<string> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    return readPlace(place, {
      urlReader: this.options.urlReader,
      maxBytes: MAX_BYTES,
      advice: 'leave out older years',
      signal: stopped ? AbortSignal.any([stopped, timeout]) : timeout,
    });
  }
}
