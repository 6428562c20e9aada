import { CustomErrorBase } from '@backstage/errors';

const NANOS = 1_000_000_000n;
const MOST = 2n ** 63n - 1n;
/** Whole units that a row of nanos holds. */
const MOST_UNITS = MOST / NANOS;

/** What the amount is of that no row holds; ids are rows of their tables. @internal */
export interface RowOfAmount {
  entity?: number;
  resource?: number;
  service?: number;
  currency?: number;
}

/**
 * An amount is more than a row of the database holds: it would become another number.
 *
 * @internal
 */
export class RowAmountError extends CustomErrorBase {
  name = 'RowAmountError' as const;

  /** @param where - whose amount it is, where names are known */
  constructor(readonly row: RowOfAmount = {}, where = 'One row of the bill') {
    super(
      `${where} comes to more than ${MOST_UNITS.toLocaleString(
        'en-US',
      )}, which is the most that a row holds exactly. Give the resources to more entities, or have the bill in a currency with larger units`,
    );
  }
}

/** Whether a row holds so many nanos. @internal */
export function fitsRow(nanos: bigint): boolean {
  return nanos <= MOST && nanos >= -MOST;
}

/**
 * A column of amounts.
 *
 * @throws RowAmountError when one of them does not fit: it would become another number
 * @internal
 */
export function amountColumn<T extends RowOfAmount>(
  rows: readonly T[],
  amountOf: (row: T) => bigint,
): BigInt64Array {
  return BigInt64Array.from(rows, row => {
    const amount = amountOf(row);
    if (!fitsRow(amount)) {
      throw new RowAmountError(row);
    }
    return amount;
  });
}

/**
 * Adds to one amount of a column.
 *
 * @returns whether it still fits
 * @internal
 */
export function addToRow(
  column: BigInt64Array,
  row: number,
  amount: bigint,
): boolean {
  const sum = column[row] + amount;
  column[row] = sum;
  return column[row] === sum;
}

/** Nanos as whole units and the nanos beyond them, for two columns. @internal */
export function unitsAndNanos(nanos: bigint): { units: string; nanos: string } {
  return { units: String(nanos / NANOS), nanos: String(nanos % NANOS) };
}

/** The nanos of two such columns. @internal */
export function nanosOfParts(units: unknown, nanos: unknown): bigint {
  return BigInt(String(units)) * NANOS + BigInt(String(nanos));
}
