import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';

const LOCALE = 'en-US';

const formatters = new Map<string, Intl.NumberFormat>();

type Digits = 'all' | 'whole' | 'two that matter';

const digitOptions: Record<Digits, Intl.NumberFormatOptions> = {
  all: {},
  whole: { maximumFractionDigits: 0 },
  'two that matter': { maximumSignificantDigits: 2 },
};

function formatterOf(currency: string, digits: Digits): Intl.NumberFormat {
  const key = `${currency}/${digits}`;
  const known = formatters.get(key);
  if (known) {
    return known;
  }
  const made = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    ...digitOptions[digits],
  });
  formatters.set(key, made);
  return made;
}

/** Whether the exact amount is zero, whatever its number of digits. */
export function isZero(amount: DecimalString): boolean {
  return /^[+-]?0*\.?0*$/.test(amount);
}

/** Whether the exact amount is below zero. */
export function isNegative(amount: DecimalString): boolean {
  return amount.startsWith('-') && !isZero(amount);
}

/**
 * An exact amount as people read it: `$1,234.50`, `< $0.01` for what would
 * round to nothing, `> -$0.01` for a credit as small.
 *
 * @param amount - exact decimal text, such as `12.340000001`
 * @param currency - ISO 4217
 */
export function formatAmount(amount: DecimalString, currency: string): string {
  const formatter = formatterOf(currency, 'all');
  const digits = formatter.resolvedOptions().maximumFractionDigits ?? 2;
  const smallest = 10 ** -digits;
  if (!isZero(amount) && Math.abs(Number(amount)) < smallest) {
    return isNegative(amount)
      ? `> ${formatter.format(-smallest)}`
      : `< ${formatter.format(smallest)}`;
  }
  if (isZero(amount)) {
    return formatter.format(0);
  }
  return formatter.format(amount as `${number}`);
}

/**
 * An amount for an axis, where the width is scarce: no cents where there are none, and
 * below a tenth as many digits as tell one tick from the next.
 */
export function formatAxisAmount(amount: number, currency: string): string {
  if (Number.isInteger(amount)) {
    return formatterOf(currency, 'whole').format(amount);
  }
  const digits = Math.abs(amount) < 0.1 ? 'two that matter' : 'all';
  return formatterOf(currency, digits).format(amount);
}

/** The exact amount with its currency, for a title: `12.340000001 USD`. */
export function exactAmount(amount: DecimalString, currency: string): string {
  return `${amount} ${currency}`;
}

/** What one or so many of something cost, which may be far below a cent: `$0.0010`, `$12.40`. */
export function formatUnitCost(
  amount: DecimalString,
  currency: string,
): string {
  const value = Number(amount);
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    ...(Math.abs(value) < 1 && {
      minimumSignificantDigits: 2,
      maximumSignificantDigits: 3,
    }),
  }).format(value);
}
