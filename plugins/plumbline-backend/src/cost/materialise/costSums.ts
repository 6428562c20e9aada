import { CustomErrorBase } from '@backstage/errors';
import type { PlumblineDatabase } from '../../database';
import { RANGE, type CostRange } from './costRanges';

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

/** Adds the entity rows of a range to the sums. @internal */
export async function addEntitySums(
  database: PlumblineDatabase,
  range: CostRange,
  sums: SumsByCurrency,
): Promise<void> {
  const rows = await database.query(
    `select c.currency_id, cast(sum(c.effective) as text) as effective, cast(sum(c.billed) as text) as billed
     from entity_cost_daily c where ${RANGE(
       'entity_id',
     )} group by c.currency_id`,
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
