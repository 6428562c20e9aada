import type { PlumblineDatabase } from '../../database';
import { Converter } from './Converter';
import { RateStore } from './RateStore';
import { RateTable } from './RateTable';
import type { CurrencyConfig } from './types';

/** The rates are read again after so long. */
const KEPT_MS = 60_000;

/**
 * The converter by the rates in the database, as of a minute ago at most.
 *
 * @internal
 */
export class Converters {
  static create(options: {
    database: PlumblineDatabase;
    config: CurrencyConfig | undefined;
    now?: () => number;
  }): Converters {
    return new Converters(
      RateStore.create(options),
      options.config,
      options.now ?? Date.now,
    );
  }

  #recent: { until: number; converter: Promise<Converter> } | undefined;

  private constructor(
    private readonly store: RateStore,
    private readonly config: CurrencyConfig | undefined,
    private readonly now: () => number,
  ) {}

  /** Undefined where there is no reporting currency. */
  async get(): Promise<Converter | undefined> {
    const { config } = this;
    if (!config) {
      return undefined;
    }
    if (!this.#recent || this.#recent.until <= this.now()) {
      const converter = this.#read(config);
      this.#recent = { until: this.now() + KEPT_MS, converter };
      // Neither a failure is kept nor that there are no rates yet: the next one who looks asks again.
      converter.then(
        ({ isEmpty }) => {
          if (isEmpty) this.#recent = undefined;
        },
        () => {
          this.#recent = undefined;
        },
      );
    }
    return this.#recent.converter;
  }

  async #read({
    reporting,
    staleAfterDays,
  }: CurrencyConfig): Promise<Converter> {
    const rates = await this.store.list(reporting);
    return new Converter(RateTable.of(reporting, rates), staleAfterDays);
  }
}
