import type { PlumblineDatabase } from '../database';

/** The dimensions whose rows never change once they are there. @internal */
export type DimensionName = 'service' | 'currency' | 'category';

const TABLES: Record<DimensionName, { table: string; column: string }> = {
  service: { table: 'service', column: 'name' },
  currency: { table: 'currency', column: 'code' },
  category: { table: 'charge_kind', column: 'category' },
};

/** @internal */
export interface Environment {
  id: number;
  name: string;
  /** Whether it is one that customers use. */
  production: boolean;
}

/** Knows the environments. @internal */
export interface EnvironmentReader {
  listEnvironments(): Promise<Environment[]>;
}

/**
 * Names of dimension keys, kept in memory: keys are only ever added, so what was read stays true.
 *
 * @internal
 */
export class Dimensions {
  readonly #database: PlumblineDatabase;
  readonly #environments: EnvironmentReader;
  readonly #names = new Map<DimensionName, Map<number, string>>();
  #knownEnvironments: ReadonlyMap<number, Environment> = new Map();

  private constructor(
    database: PlumblineDatabase,
    environments: EnvironmentReader,
  ) {
    this.#database = database;
    this.#environments = environments;
  }

  static create(options: {
    database: PlumblineDatabase;
    environments: EnvironmentReader;
  }): Dimensions {
    return new Dimensions(options.database, options.environments);
  }

  /** Environments by key, for at least the given keys. */
  async getEnvironments(
    keys: Iterable<number>,
  ): Promise<ReadonlyMap<number, Environment>> {
    return hasAll(this.#knownEnvironments, keys)
      ? this.#knownEnvironments
      : this.listEnvironments();
  }

  /** Every environment that was ever seen, by key. */
  async listEnvironments(): Promise<ReadonlyMap<number, Environment>> {
    const environments = await this.#environments.listEnvironments();
    this.#knownEnvironments = new Map(
      environments.map(environment => [environment.id, environment]),
    );
    return this.#knownEnvironments;
  }

  /** The key of an environment by name, undefined for none; one that nobody ever named has no costs. */
  async findEnvironment(name: string | undefined): Promise<number | undefined> {
    if (name === undefined) {
      return undefined;
    }
    const environments = await this.listEnvironments();
    return (
      [...environments.values()].find(known => known.name === name)?.id ?? -1
    );
  }

  /** Names by key, for at least the given keys. */
  async getNames(
    dimension: DimensionName,
    keys: Iterable<number>,
  ): Promise<ReadonlyMap<number, string>> {
    const known = this.#names.get(dimension);
    if (known && hasAll(known, keys)) {
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
}

function hasAll(
  names: ReadonlyMap<number, unknown>,
  keys: Iterable<number>,
): boolean {
  for (const key of keys) {
    if (!names.has(key)) {
      return false;
    }
  }
  return true;
}
