import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toUrlPlace,
  type Place,
} from '@plumbline/backstage-plugin-plumbline-node';
import { dayFromText } from '../../database';
import type { CurrencyConfig, ExchangeRate } from './types';

/** Longer than any holiday of a central bank. */
const STALE_AFTER_DAYS = 7;

/**
 * Reads `plumbline.currency`.
 *
 * @returns undefined where there is no reporting currency
 * @throws InputError naming the key and what to write there
 * @internal
 */
export function readCurrency(root: Config): CurrencyConfig | undefined {
  const config = root.getOptionalConfig('plumbline.currency');
  if (!config) {
    return undefined;
  }
  const key = 'plumbline.currency';
  const rates = (config.getOptionalConfigArray('rates') ?? []).map(
    (entry, index) => readRate(entry, `${key}.rates[${index}]`),
  );
  const ratesFile = config.getOptionalString('ratesFile');
  if (rates.length === 0 && !ratesFile) {
    throw new InputError(
      `${key} has no rates; give 'rates', or 'ratesFile' with a path or URL`,
    );
  }
  const staleAfterDays =
    config.getOptionalNumber('staleAfterDays') ?? STALE_AFTER_DAYS;
  if (!Number.isInteger(staleAfterDays) || staleAfterDays < 1) {
    throw new InputError(
      `${key}.staleAfterDays is ${staleAfterDays}; write a whole number from 1`,
    );
  }
  return {
    reporting: codeOf(
      config.getOptionalString('reporting') ?? '',
      `${key}.reporting`,
    ),
    rates,
    ...(ratesFile && { ratesFile: placeOf(ratesFile, `${key}.ratesFile`) }),
    staleAfterDays,
  };
}

function placeOf(text: string, key: string): Place {
  return /^https?:\/\//i.test(text) ? toUrlPlace(text, key) : { path: text };
}

function readRate(entry: Config, key: string): ExchangeRate {
  return checkRate(
    {
      from: entry.getOptionalString('from') ?? '',
      to: entry.getOptionalString('to') ?? '',
      date: entry.getOptionalString('date') ?? '',
      rate: String(entry.getOptional('rate') ?? ''),
    },
    name => `${key}.${name}`,
  );
}

/**
 * A rate of which every part is in order.
 *
 * @param where - names a part, for the message
 * @throws InputError naming the part
 * @internal
 */
export function checkRate(
  given: { from: string; to: string; date: string; rate: string },
  where: (part: string) => string,
): ExchangeRate {
  const from = codeOf(given.from, where('from'));
  const to = codeOf(given.to, where('to'));
  if (from === to) {
    throw new InputError(
      `${where('to')} is ${to}, like ${where(
        'from',
      )}; a rate has two currencies`,
    );
  }
  let day: number;
  try {
    day = dayFromText(given.date);
  } catch (error) {
    throw new InputError(
      `${where('date')} is '${given.date}'; write a day as '2026-10-01'`,
      error,
    );
  }
  if (
    !/^\d{1,12}(\.\d{1,18})?$/.test(given.rate) ||
    !/[1-9]/.test(given.rate)
  ) {
    throw new InputError(
      `${where('rate')} is '${
        given.rate
      }'; write a plain decimal number above 0, such as '0.9234'`,
    );
  }
  return { from, to, day, rate: given.rate };
}

function codeOf(text: string, key: string): string {
  if (!/^[A-Z]{3}$/.test(text)) {
    throw new InputError(
      `${key} is '${text}'; write the ISO 4217 code of a currency, such as EUR`,
    );
  }
  return text;
}
