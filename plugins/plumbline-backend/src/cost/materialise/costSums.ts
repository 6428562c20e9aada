import { CustomErrorBase } from '@backstage/errors';
import type { PlumblineDatabase } from '../../database';
import { costRanges, RANGE, type CostTable } from './costRanges';

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

/** What the rows of a generation add up to, as they lie in the database. @internal */
export async function storedSums(
  database: PlumblineDatabase,
  table: CostTable,
  generation: number,
): Promise<SumsByCurrency> {
  const sums: SumsByCurrency = new Map();
  for await (const range of costRanges(database, table, generation)) {
    const rows = await database.query(
      `select c.currency_id, cast(sum(c.effective) as text) as effective, cast(sum(c.billed) as text) as billed
       from ${table.name} c where ${RANGE(table.key)} group by c.currency_id`,
      range,
    );
    for (const row of rows) {
      addSums(
        sums,
        Number(row.currency_id),
        BigInt(String(row.effective)),
        BigInt(String(row.billed)),
      );
    }
  }
  return sums;
}
