import { decimalToNanos, nanosToDecimal } from '../../../database';

/** The exact sum of decimal strings. */
export function addDecimals(decimals: readonly string[]): string {
  return nanosToDecimal(
    decimals.reduce((sum, text) => sum + decimalToNanos(text), 0n),
  );
}
