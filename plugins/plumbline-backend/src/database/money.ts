import { InputError } from '@backstage/errors';
import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';
import { Decimal } from 'decimal.js';

/** Exact for every amount of a bill: 10²⁰ units with 40 decimals. @internal */
export const ExactDecimal = Decimal.clone({
  precision: 80,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -80,
  toExpPos: 80,
});

const NANOS = 1_000_000_000;

/** An exact decimal string of an amount in nanos, such as `-12.3`. @internal */
export function nanosToDecimal(nanos: bigint | string): DecimalString {
  const digits = BigInt(nanos);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(10, '0');
  const fraction = text.slice(-9).replace(/0+$/, '');
  return `${sign}${text.slice(0, -9)}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Nanos of a decimal string, rounded half away from zero.
 *
 * @throws InputError when the text is no plain decimal number
 * @internal
 */
export function decimalToNanos(text: DecimalString): bigint {
  return BigInt(parseDecimal(text).times(NANOS).round().toFixed());
}

/**
 * A decimal string as an exact number.
 *
 * @throws InputError when the text is no decimal number
 * @internal
 */
export function parseDecimal(text: DecimalString): Decimal {
  if (!/^[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text)) {
    throw new InputError(`'${text}' is no decimal number`);
  }
  return new ExactDecimal(text);
}
