import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import type { SourceRecord } from './obstacleOf';

interface DeliveredRow {
  source_id: number;
  month: Month;
  data_through: number | null;
}

/**
 * Reads what is known of the sources in use.
 *
 * @internal
 */
export class SourceRecords {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): SourceRecords {
    return new SourceRecords(options.database);
  }

  /** Every cost source that is set up, by its id. */
  async list(): Promise<SourceRecord[]> {
    return this.#read(
      'cost',
      this.#database
        .knex('cost_partition')
        .whereNotNull('entity_generation')
        .select('source_id', 'month', 'data_through'),
    );
  }

  /** Every source of metrics that is set up, by its id. */
  async listMetricSources(): Promise<SourceRecord[]> {
    return this.#read(
      'usage',
      this.#database
        .knex('usage_partition')
        .whereNotNull('generation')
        .select('source_id', 'month', 'data_through'),
    );
  }

  async #read(
    domain: 'cost' | 'usage',
    delivered: PromiseLike<DeliveredRow[]>,
  ): Promise<SourceRecord[]> {
    const { knex } = this.#database;
    const [sources, partitions, runs] = await Promise.all([
      knex('source')
        .where({ domain })
        .whereNull('retired_at')
        .orderBy('source_id')
        .select('id', 'source_id'),
      delivered,
      knex('collection_run')
        .whereIn(
          'id',
          knex('collection_run')
            .whereNot({ state: 'running' })
            .groupBy('source_id')
            .max('id'),
        )
        .select('source_id', 'state', 'problems', 'problem_count'),
    ]);
    return sources.map(({ id: key, source_id: id }) => {
      const own = partitions.filter(({ source_id: of }) => of === key);
      const days = own.flatMap(({ data_through: day }) => day ?? []);
      const run = runs.find(({ source_id: of }) => of === key);
      return {
        id,
        months: new Set(own.map(({ month }) => month)),
        ...(days.length && { dataThrough: Math.max(...days.map(Number)) }),
        ...(run && {
          lastRun: {
            state: run.state,
            problems: JSON.parse(run.problems),
            problemCount: run.problem_count,
          },
        }),
      };
    });
  }
}
