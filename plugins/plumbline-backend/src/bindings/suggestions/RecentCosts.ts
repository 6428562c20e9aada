import type { PlumblineDatabase } from '../../database';

const DAYS = 30;
const NANOS = '1000000000';

/** Nanos by currency. */
export type CostsByCurrency = Record<string, string>;

/** A generation, and the days of it that count: both inclusive. */
interface Generation {
  id: number;
  from: number;
  through: number;
}

/**
 * What resources cost in the last 30 complete days of their source.
 *
 * @internal
 */
export class RecentCosts {
  readonly #database: PlumblineDatabase;
  readonly #generations: readonly Generation[];
  readonly #currencies: ReadonlyMap<number, string>;

  private constructor(
    database: PlumblineDatabase,
    generations: readonly Generation[],
    currencies: ReadonlyMap<number, string>,
  ) {
    this.#database = database;
    this.#generations = generations;
    this.#currencies = currencies;
  }

  static async load(database: PlumblineDatabase): Promise<RecentCosts> {
    const { knex } = database;
    const partitions: {
      source: number;
      generation: number;
      through: number | null;
      last: number | null;
    }[] = await knex('cost_partition as p')
      .join('source', 'source.id', 'p.source_id')
      .whereNull('source.retired_at')
      .whereNotNull('p.resource_generation')
      .select({
        source: 'p.source_id',
        generation: 'p.resource_generation',
        through: 'p.data_through',
        last: 'p.last_day',
      });
    const complete = new Map<number, number>();
    for (const { source, through } of partitions) {
      complete.set(source, Math.max(complete.get(source) ?? -1, through ?? -1));
    }
    const currencies: { id: number; code: string }[] = await knex('currency');
    return new RecentCosts(
      database,
      partitions.flatMap(({ source, generation, last }) => {
        const through = complete.get(source) ?? -1;
        const from = through - DAYS + 1;
        return (last ?? -1) >= from ? [{ id: generation, from, through }] : [];
      }),
      new Map(currencies.map(({ id, code }) => [id, code])),
    );
  }

  async of(
    resources: readonly number[],
  ): Promise<ReadonlyMap<number, CostsByCurrency>> {
    const costs = new Map<number, Record<string, bigint>>();
    for (const { id, from, through } of resources.length > 0
      ? this.#generations
      : []) {
      const rows = await this.#database.query(
        `select resource_id, currency_id, cast(sum(effective / ${NANOS}) as text) as units,
           cast(sum(effective % ${NANOS}) as text) as nanos
         from resource_cost_daily
         where generation_id = ? and day >= ? and day <= ? and resource_id in (${resources.join(
           ', ',
         )})
         group by resource_id, currency_id`,
        [id, from, through],
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
