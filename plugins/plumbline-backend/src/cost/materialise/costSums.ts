import { CustomErrorBase } from '@backstage/errors';
import {
  exactSum,
  nanosOfParts,
  RowAmountError,
  type PlumblineDatabase,
} from '../../database';
import { keyRanges, type CostTable } from './costRanges';

/** What was stored doesn't add up to what it was made from: it must not go live. @internal */
export class SumRuleError extends CustomErrorBase {
  name = 'SumRuleError' as const;
}

/** Sums of one currency in nanos. */
export interface NanoSums {
  effective: bigint;
  billed: bigint;
}

/** Sums by row of the `currency` table. @internal */
export type SumsByCurrency = Map<number, NanoSums>;

/** Adds amounts to a currency's sums. @internal */
export function addSums(
  sums: SumsByCurrency,
  currencyId: number,
  effective: bigint,
  billed: bigint,
): void {
  const sum = sums.get(currencyId);
  if (sum) {
    sum.effective += effective;
    sum.billed += billed;
  } else {
    sums.set(currencyId, { effective, billed });
  }
}

/** Whether both hold the same sums; a currency that is missing counts as zero. @internal */
export function sameSums(a: SumsByCurrency, b: SumsByCurrency): boolean {
  return [...new Set([...a.keys(), ...b.keys()])].every(
    currency =>
      (a.get(currency)?.effective ?? 0n) ===
        (b.get(currency)?.effective ?? 0n) &&
      (a.get(currency)?.billed ?? 0n) === (b.get(currency)?.billed ?? 0n),
  );
}

/**
 * What the rows of a generation add up to, as they lie in the database.
 *
 * @param counts - rows by key as far as known, to read about as many at a time
 * @throws RowAmountError when a row holds a number that does not fit
 * @internal
 */
export async function storedSums(
  database: PlumblineDatabase,
  table: CostTable,
  generation: number,
  counts: ReadonlyMap<number, number>,
): Promise<SumsByCurrency> {
  const sums: SumsByCurrency = new Map();
  const currencies: number[] = await database.knex('currency').pluck('id');
  // A column each: to group by currency, SQLite would sort all rows first.
  const columns = currencies.flatMap(id =>
    ['effective', 'billed'].map(basis =>
      exactSum(
        `c.${basis}`,
        `${basis}_${id}`,
        `filter (where c.currency_id = ${id})`,
      ),
    ),
  );
  for (const [from, to] of currencies.length > 0 ? keyRanges(counts) : []) {
    const [row] = await database.query(
      `select ${columns.join(', ')} from ${table.name} c
       where c.generation_id = ? and c.${table.key} between ? and ?`,
      [generation, from, to],
    );
    for (const id of currencies) {
      addSums(
        sums,
        id,
        sumOf(row, `effective_${id}`),
        sumOf(row, `billed_${id}`),
      );
    }
    await database.breathe();
  }
  return sums;
}

function sumOf(row: Record<string, unknown>, name: string): bigint {
  const parts = ['units', 'nanos'].map(part =>
    String(row[`${name}_${part}`] ?? 0),
  );
  // SQLite makes a float of a number that is too large.
  if (parts.some(text => !/^-?\d+$/.test(text))) {
    throw new RowAmountError();
  }
  return nanosOfParts(parts[0], parts[1]);
}
