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
  /** A path or URL of a file with more of them. */
  ratesFile?: string;
  /** After how many days a rate is too old for a charge to be trusted. */
  staleAfterDays: number;
}
