import { InputError } from '@backstage/errors';
import type { Decimal } from 'decimal.js';
import { ExactDecimal, parseDecimal } from '../database';

const MILLIONTHS = 1_000_000;

/** More than any counter of a day; it leaves room to add up a year of them in 64 bits. */
const MOST = new ExactDecimal('9000000000000');

/**
 * Millionths of a decimal string, rounded half up.
 *
 * @throws InputError when it is no decimal number, is negative or out of bounds
 * @internal
 */
export function toMillionths(text: string): bigint {
  const value = parseDecimal(text);
  if (value.isNegative() && !value.isZero()) {
    throw new InputError(`${text} is negative; a metric counts from 0 up`);
  }
  if (value.gt(MOST)) {
    throw new InputError(
      `${text} is more than 9,000,000,000,000 a day; count in thousands or millions instead`,
    );
  }
  return BigInt(value.times(MILLIONTHS).round().toFixed());
}

/** An exact number of an amount in millionths. @internal */
export function fromMillionths(value: bigint): Decimal {
  return new ExactDecimal(value.toString()).div(MILLIONTHS);
}
