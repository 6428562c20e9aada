import type { PartitionTotal } from '@plumbline/backstage-plugin-plumbline-node';
import { decimalToNanos, ExactDecimal, parseDecimal } from '../../database';

/** What a partition's rows of one currency add up to, in nanos. @internal */
export interface RowSums {
  rows: number;
  effective: bigint;
  billed: bigint;
}

/** What rounding took from one currency's rows, in nanos. @internal */
export interface RoundingRest {
  effective: bigint;
  billed: bigint;
}

/**
 * What is missing from the rows for them to add up to the exact total. Rows are rounded to nanos, each by half
 * of one at most; a total that is further away was not made from these rows.
 *
 * @returns undefined where the total is too far away
 * @internal
 */
export function roundingRest(
  total: PartitionTotal,
  sums: RowSums,
): RoundingRest | undefined {
  const effective = restOf(total.effective, sums.effective, sums.rows);
  const billed = restOf(total.billed, sums.billed, sums.rows);
  return effective === undefined || billed === undefined
    ? undefined
    : { effective, billed };
}

function restOf(exact: string, sum: bigint, rows: number): bigint | undefined {
  const distance = parseDecimal(exact)
    .times('1e9')
    .minus(new ExactDecimal(String(sum)))
    .abs();
  return distance.gt(rows / 2) ? undefined : decimalToNanos(exact) - sum;
}
