import type { StatementAmount } from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal, type PlumblineDatabase } from '../../database';
import type { SumsByCurrency } from '../materialise/costSums';

/** Sums with the code of each currency, in the order of codes. @internal */
export async function amountsOf(
  database: PlumblineDatabase,
  sums: SumsByCurrency,
): Promise<StatementAmount[]> {
  const rows: { id: number; code: string }[] = await database
    .knex('currency')
    .whereIn('id', [...sums.keys()])
    .orderBy('code')
    .select('id', 'code');
  return rows.map(({ id, code }) => {
    const { effective, billed } = sums.get(id)!;
    return {
      currency: code,
      effective: nanosToDecimal(effective),
      billed: nanosToDecimal(billed),
    };
  });
}
