/** Nanos in the unit of a decimal with 18 places. */
const UNITS = 10n ** 9n;
const HALF = UNITS / 2n;

/**
 * The nanos of an amount with 18 decimal places, rounded half away from zero.
 *
 * @param units - the amount in 10⁻¹⁸ of the currency's unit
 * @internal
 */
export function nanosOfUnits(units: bigint): bigint {
  return (units < 0n ? units - HALF : units + HALF) / UNITS;
}
