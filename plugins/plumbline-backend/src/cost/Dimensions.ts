import type { PlumblineDatabase } from '../database';

/** The dimensions whose rows never change once they are there. @internal */
export type DimensionName = 'environment' | 'service' | 'currency' | 'category';

const TABLES: Record<DimensionName, { table: string; column: string }> = {
  environment: { table: 'environment', column: 'name' },
  service: { table: 'service', column: 'name' },
  currency: { table: 'currency', column: 'code' },
  category: { table: 'charge_kind', column: 'category' },
};

/**
 * Names of dimension keys, kept in memory: keys are only ever added, so what was read stays true.
 *
 * @internal
 */
export class Dimensions {
  readonly #database: PlumblineDatabase;
  readonly #names = new Map<DimensionName, Map<number, string>>();

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): Dimensions {
    return new Dimensions(options.database);
  }

  /** Names by key, for at least the given keys. */
  async getNames(
    dimension: DimensionName,
    keys: Iterable<number>,
  ): Promise<ReadonlyMap<number, string>> {
    const known = this.#names.get(dimension);
    if (known && everyKeyIn(known, keys)) {
      return known;
    }
    const { table, column } = TABLES[dimension];
    const rows: { id: number; name: string }[] = await this.#database
      .knex(table)
      .select({ id: 'id', name: column });
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    this.#names.set(dimension, names);
    return names;
  }

  /** The environment's key; undefined where no binding ever named it. */
  async getEnvironmentId(name: string): Promise<number | undefined> {
    const row: { id: number } | undefined = await this.#database
      .knex('environment')
      .select('id')
      .where({ name })
      .first();
    return row?.id;
  }
}

function everyKeyIn(
  names: ReadonlyMap<number, string>,
  keys: Iterable<number>,
): boolean {
  for (const key of keys) {
    if (!names.has(key)) {
      return false;
    }
  }
  return true;
}
