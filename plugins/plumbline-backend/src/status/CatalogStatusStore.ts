import type {
  CatalogStatus,
  RepositoryProblem,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import { IacStateStore } from '../bindings/states/IacStateStore';
import { instantFromDatabase, type PlumblineDatabase } from '../database';

/** Repositories that are listed at most; so many broken files have one reason. */
const MAX_PROBLEMS = 200;

/**
 * How the last look at the catalog and the claimed repositories went.
 *
 * @internal
 */
export class CatalogStatusStore {
  readonly #knex: Knex;
  readonly #states: IacStateStore;

  private constructor(database: PlumblineDatabase) {
    this.#knex = database.knex;
    this.#states = IacStateStore.create({ database });
  }

  static create(options: { database: PlumblineDatabase }): CatalogStatusStore {
    return new CatalogStatusStore(options.database);
  }

  async getStatus(): Promise<CatalogStatus> {
    const [entities, values, repositories, problems, iacStates] =
      await Promise.all([
        this.#knex('entity')
          .whereNull('removed_at')
          .whereNot('kind', 'bucket')
          .count({ count: '*' })
          .first(),
        this.#knex('plumbline_state')
          .whereIn('key', ['catalog_polled_at', 'catalog_error'])
          .select<{ key: string; value: string }[]>('key', 'value'),
        this.#knex('repository_file').count({ count: '*' }).first(),
        this.#knex('repository_file')
          .whereNotNull('problem')
          .orderBy('repository')
          .limit(MAX_PROBLEMS)
          .select('repository', 'problem', 'read_at'),
        this.#states.getStatuses(),
      ]);
    const valueOf = (name: string) =>
      values.find(({ key }) => key === name)?.value;
    const lastPolledAt = valueOf('catalog_polled_at');
    const error = valueOf('catalog_error');
    return {
      entities: Number(entities?.count ?? 0),
      ...(lastPolledAt && {
        lastPolledAt: new Date(lastPolledAt).toISOString(),
      }),
      ...(error && { error }),
      repositories: Number(repositories?.count ?? 0),
      repositoryProblems: problems.map(toProblem),
      iacStates,
    };
  }
}

function toProblem(row: {
  repository: string | null;
  problem: string;
  read_at: unknown;
}): RepositoryProblem {
  return {
    ...(row.repository && { repository: row.repository }),
    problem: row.problem,
    readAt: instantFromDatabase(row.read_at)!.toISOString(),
  };
}
