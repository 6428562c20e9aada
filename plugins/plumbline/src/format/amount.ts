import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';

const LOCALE = 'en-US';

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(currency: string, whole: boolean): Intl.NumberFormat {
  const key = `${currency}/${whole}`;
  const known = formatters.get(key);
  if (known) {
    return known;
  }
  const made = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    ...(whole ? { maximumFractionDigits: 0 } : {}),
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
  const formatter = formatterOf(currency, false);
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

/** An amount for an axis, where the width is scarce: no cents from 10 units on. */
export function formatAxisAmount(amount: number, currency: string): string {
  return formatterOf(currency, amount === 0 || Math.abs(amount) >= 10).format(
    amount,
  );
}

/** The exact amount with its currency, for a title: `12.340000001 USD`. */
export function exactAmount(amount: DecimalString, currency: string): string {
  return `${amount} ${currency}`;
}
