import { Decimal } from 'decimal.js';

/** Exact for every amount of a bill: 10²⁰ units with 40 decimals. @internal */
export const ExactDecimal = Decimal.clone({
  precision: 80,
  rounding: Decimal.ROUND_HALF_UP,
});

/** @internal */
export type ExactAmount = Decimal;

/** @internal */
export const ZERO: ExactAmount = new ExactDecimal(0);

/** What a charge costs, amortised and as billed, exactly. @internal */
export interface Cost {
  effective: ExactAmount;
  billed: ExactAmount;
}

/** @internal */
export const NO_COST: Cost = { effective: ZERO, billed: ZERO };

/** @internal */
export function plus(a: Cost, b: Cost): Cost {
  return {
    effective: a.effective.plus(b.effective),
    billed: a.billed.plus(b.billed),
  };
}

/** @internal */
export function minus(a: Cost, b: Cost): Cost {
  return {
    effective: a.effective.minus(b.effective),
    billed: a.billed.minus(b.billed),
  };
}

/** @internal */
export function isZero({ effective, billed }: Cost): boolean {
  return effective.isZero() && billed.isZero();
}

/** The larger of the two, without sign. @internal */
export function sizeOf({ effective, billed }: Cost): ExactAmount {
  return ExactDecimal.max(effective.abs(), billed.abs());
}

/**
 * Rounds the amounts of one sum to nanos, one after another, and carries what rounding leaves to the next.
 *
 * @internal
 */
export class NanoCarry {
  private rest: ExactAmount = ZERO;

  next(amount: ExactAmount): bigint {
    const exact = this.rest.plus(amount.times('1e9'));
    const nanos = exact.round();
    this.rest = exact.minus(nanos);
    return BigInt(nanos.toFixed());
  }
}
