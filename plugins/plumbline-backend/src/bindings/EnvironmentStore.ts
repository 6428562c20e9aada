import type { PlumblineDatabase } from '../database';
import { UNKNOWN_ENVIRONMENT } from './resolve/environmentOf';

/** Names come from tags: a tag with a value of its own per resource must not fill the table. */
const MAX_ENVIRONMENTS = 200;

/**
 * The environments that were ever seen.
 *
 * @internal
 */
export class EnvironmentStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): EnvironmentStore {
    return new EnvironmentStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** Ids by name. */
  async list(): Promise<Map<string, number>> {
    const rows: { id: number; name: string }[] = await this.#database
      .knex('environment')
      .select('id', 'name');
    return new Map(rows.map(({ id, name }) => [name, id]));
  }

  /** Adds those that are new; what goes beyond the limit counts as unknown. */
  async ensure(names: Iterable<string>): Promise<(name: string) => number> {
    let known = await this.list();
    const added = [...new Set(names)]
      .filter(name => !known.has(name))
      .slice(0, Math.max(0, MAX_ENVIRONMENTS - known.size));
    if (added.length > 0) {
      await this.#database
        .knex('environment')
        .insert(added.map(name => ({ name })))
        .onConflict('name')
        .ignore();
      known = await this.list();
    }
    return name =>
      known.get(name) ?? (known.get(UNKNOWN_ENVIRONMENT) as number);
  }
}
