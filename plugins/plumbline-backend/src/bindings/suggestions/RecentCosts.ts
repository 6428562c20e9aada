import type { PlumblineDatabase } from '../../database';

const DAYS = 30;
const NANOS = '1000000000';

/** Nanos by currency. */
export type CostsByCurrency = Record<string, string>;

interface Generation {
  id: number;
}

/**
 * What resources cost in the last 30 days that there is data of.
 *
 * @internal
 */
export class RecentCosts {
  readonly #database: PlumblineDatabase;
  readonly #generations: readonly Generation[];
  readonly #from: number;
  readonly #currencies: ReadonlyMap<number, string>;

  private constructor(
    database: PlumblineDatabase,
    generations: readonly Generation[],
    from: number,
    currencies: ReadonlyMap<number, string>,
  ) {
    this.#database = database;
    this.#generations = generations;
    this.#from = from;
    this.#currencies = currencies;
  }

  static async load(database: PlumblineDatabase): Promise<RecentCosts> {
    const { knex } = database;
    const partitions: {
      generation: number;
      through: number | null;
      last: number | null;
    }[] = await knex('cost_partition as p')
      .join('source', 'source.id', 'p.source_id')
      .whereNull('source.retired_at')
      .whereNotNull('p.resource_generation')
      .select({
        generation: 'p.resource_generation',
        through: 'p.data_through',
        last: 'p.last_day',
      });
    const through = Math.max(...partitions.map(row => row.through ?? -1));
    const from = through - DAYS + 1;
    const currencies: { id: number; code: string }[] = await knex('currency');
    return new RecentCosts(
      database,
      partitions
        .filter(({ last }) => (last ?? -1) >= from)
        .map(({ generation }) => ({ id: generation })),
      from,
      new Map(currencies.map(({ id, code }) => [id, code])),
    );
  }

  async of(
    resources: readonly number[],
  ): Promise<ReadonlyMap<number, CostsByCurrency>> {
    const costs = new Map<number, Record<string, bigint>>();
    for (const { id } of resources.length > 0 ? this.#generations : []) {
      const rows = await this.#database.query(
        `select resource_id, currency_id, cast(sum(effective / ${NANOS}) as text) as units,
           cast(sum(effective % ${NANOS}) as text) as nanos
         from resource_cost_daily
         where generation_id = ? and day >= ? and resource_id in (${resources.join(
           ', ',
         )})
         group by resource_id, currency_id`,
        [id, this.#from],
      );
      for (const row of rows) {
        const key = Number(row.resource_id);
        const currency = this.#currencies.get(Number(row.currency_id)) ?? '';
        const known = costs.get(key) ?? {};
        costs.set(key, known);
        known[currency] =
          (known[currency] ?? 0n) +
          BigInt(String(row.units)) * BigInt(NANOS) +
          BigInt(String(row.nanos));
      }
    }
    return new Map(
      [...costs].map(([key, amounts]) => [
        key,
        Object.fromEntries(
          Object.entries(amounts).map(([code, nanos]) => [code, `${nanos}`]),
        ),
      ]),
    );
  }
}
