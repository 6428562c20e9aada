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

/**
 * Rounds one amount after another and carries what rounding leaves to the next one of the same total.
 *
 * @internal
 */
export class NanoRounding {
  private readonly rests: bigint[] = [];

  /**
   * @param total - number of what the amount is part of
   * @param units - the amount in 10⁻¹⁸ of the currency's unit
   * @returns nanos
   */
  next(total: number, units: bigint): bigint {
    const carried = units + (this.rests[total] ?? 0n);
    const nanos = nanosOfUnits(carried);
    this.rests[total] = carried - nanos * UNITS;
    return nanos;
  }
}
