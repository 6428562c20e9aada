import type { PlumblineDatabase } from '../../database';

/** Keys of what a figure is narrowed to; empty where nothing is called so. @internal */
export interface FoundKeys {
  currencyId: number;
  environmentId?: number;
  serviceIds?: number[];
  chargeKindIds?: number[];
}

/** No row has it: what nobody ever named costs nothing. */
const NONE = -1;

/**
 * Finds the keys of what figures are narrowed to by name.
 *
 * @internal
 */
export class FigureKeys {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): FigureKeys {
    return new FigureKeys(options.database);
  }

  async find(names: {
    currency: string;
    environment?: string;
    service?: string;
    category?: string;
  }): Promise<FoundKeys> {
    const { currency, environment, service, category } = names;
    const ids = (table: string, where: Record<string, string>) =>
      this.#database.knex(table).where(where).pluck<number[]>('id');
    const [currencyId = NONE] = await ids('currency', { code: currency });
    const found: FoundKeys = { currencyId };
    if (environment !== undefined) {
      const [id = NONE] = await ids('environment', { name: environment });
      found.environmentId = id;
    }
    if (service !== undefined) {
      found.serviceIds = await ids('service', { name: service });
    }
    if (category !== undefined) {
      found.chargeKindIds = await ids('charge_kind', { category });
    }
    return found;
  }
}
