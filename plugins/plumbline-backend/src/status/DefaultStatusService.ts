import type { PlumblineStatus } from '@plumbline/backstage-plugin-plumbline-common';
import type { SourceStatuses } from '../cost';
import type { PlumblineDatabase } from '../database';
import type { StatusService } from './StatusService';

/**
 * The state of sources and catalog, for whoever asks; see {@link AuthorizedStatusService}.
 *
 * @internal
 */
export class DefaultStatusService implements StatusService {
  readonly #database: PlumblineDatabase;
  readonly #statuses: SourceStatuses;

  private constructor(database: PlumblineDatabase, statuses: SourceStatuses) {
    this.#database = database;
    this.#statuses = statuses;
  }

  static create(options: {
    database: PlumblineDatabase;
    statuses: SourceStatuses;
  }): DefaultStatusService {
    return new DefaultStatusService(options.database, options.statuses);
  }

  async getStatus(): Promise<PlumblineStatus> {
    const { knex } = this.#database;
    const [sources, entities, values] = await Promise.all([
      this.#statuses.getStatuses(),
      knex('entity')
        .whereNull('removed_at')
        .whereNot('kind', 'bucket')
        .count({ count: '*' })
        .first(),
      knex('plumbline_state')
        .whereIn('key', ['catalog_polled_at', 'catalog_error'])
        .select<{ key: string; value: string }[]>('key', 'value'),
    ]);
    const valueOf = (name: string) =>
      values.find(({ key }) => key === name)?.value;
    const lastPolledAt = valueOf('catalog_polled_at');
    const error = valueOf('catalog_error');
    return {
      sources,
      catalog: {
        entities: Number(entities?.count ?? 0),
        ...(lastPolledAt && {
          lastPolledAt: new Date(lastPolledAt).toISOString(),
        }),
        ...(error && { error }),
      },
    };
  }
}
