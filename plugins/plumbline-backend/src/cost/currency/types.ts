import type { Place } from '@plumbline/backstage-plugin-plumbline-node';

/** How many of one currency another one was on a day, in days since 1970-01-01. @internal */
export interface ExchangeRate {
  from: string;
  to: string;
  day: number;
  /** Plain decimal above 0. */
  rate: string;
}

/** What the operator says of the reporting currency. @internal */
export interface CurrencyConfig {
  reporting: string;
  rates: ExchangeRate[];
  /** Where a file with more of them lies. */
  ratesFile?: Place;
  /** After how many days a rate is too old for a charge to be trusted. */
  staleAfterDays: number;
}
