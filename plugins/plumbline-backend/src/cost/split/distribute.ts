import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';
import { ExactDecimal } from '../../database';

/**
 * Shares an amount out by weights so that the parts add up to it: each gets the whole nanos of its exact part,
 * and those that were cut off most get one of the nanos left over; of equals, the first (largest remainders). An
 * amount below zero is shared out as the same amount above.
 *
 * @param weights - at least one, none below zero, not all zero
 * @internal
 */
export function distribute(
  amount: bigint,
  weights: readonly bigint[],
): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const sign = amount < 0n ? -1n : 1n;
  const size = amount * sign;
  let left = size;
  const remainders: bigint[] = [];
  const parts = weights.map(weight => {
    const product = size * weight;
    const part = product / total;
    remainders.push(product - part * total);
    left -= part;
    return part;
  });
  if (left > 0n) {
    const order = remainders.map((_, index) => index);
    order.sort((a, b) => compare(remainders[b], remainders[a]) || a - b);
    for (const index of order.slice(0, Number(left))) {
      parts[index] += 1n;
    }
  }
  return sign < 0n ? parts.map(part => -part) : parts;
}

function compare(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Decimal weights as whole numbers of the same proportions. @internal */
export function wholeWeights(weights: readonly DecimalString[]): bigint[] {
  const decimals = weights.map(weight => new ExactDecimal(weight));
  const places = Math.max(0, ...decimals.map(weight => weight.decimalPlaces()));
  const scale = new ExactDecimal(10).pow(places);
  return decimals.map(weight => BigInt(weight.times(scale).toFixed(0)));
}
