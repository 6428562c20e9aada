import { CustomErrorBase } from '@backstage/errors';
import type { PlumblineDatabase } from '../../database';
import { costRanges, RANGE } from './costRanges';

export const ENTITY_TABLE = {
  name: 'entity_cost_daily',
  key: 'entity_id',
} as const;

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

/** Adds up a generation's entity rows, a range at a time. @internal */
export async function sumEntities(
  database: PlumblineDatabase,
  generation: number,
): Promise<SumsByCurrency> {
  const sums: SumsByCurrency = new Map();
  for await (const range of costRanges(database, ENTITY_TABLE, generation)) {
    const rows = await database.query(
      `select currency_id, cast(sum(effective) as text) as effective, cast(sum(billed) as text) as billed
       from entity_cost_daily c where ${RANGE(
         'entity_id',
       )} group by currency_id`,
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
