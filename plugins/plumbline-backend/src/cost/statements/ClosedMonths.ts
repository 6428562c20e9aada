import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { instantFromDatabase, type PlumblineDatabase } from '../../database';

/**
 * Which months were closed, and when. What belongs to whom in them stays as it was known then.
 *
 * @internal
 */
export class ClosedMonths {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): ClosedMonths {
    return new ClosedMonths(options.database);
  }

  /** When the month was closed; undefined while it is open. */
  async closedAt(month: Month): Promise<Date | undefined> {
    const row = await this.#database
      .knex('closed_month')
      .where({ month })
      .first('closed_at');
    return instantFromDatabase(row?.closed_at);
  }

  /** Every closed month with the instant of its closing. */
  async list(): Promise<ReadonlyMap<Month, Date>> {
    const rows: { month: Month; closed_at: unknown }[] = await this.#database
      .knex('closed_month')
      .select('month', 'closed_at');
    return new Map(
      rows.flatMap(({ month, closed_at: closedAt }) => {
        const instant = instantFromDatabase(closedAt);
        return instant ? [[month, instant] as const] : [];
      }),
    );
  }
}
