import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import {
  exactAmount,
  exactSum,
  type ExactSumRow,
  type PlumblineDatabase,
} from '../../database';
import { IS_USAGE } from '../comparison';
import type { DayWindow } from '../CostStore';

/** What an entity cost in some days, in one environment and currency; in nanos. @internal */
export interface WindowSum {
  environment: number;
  currency: number;
  amounts: Record<CostBasis, bigint>;
  /** What of the amounts is usage, corrections left out. */
  usage: Record<CostBasis, bigint>;
}

/** Sums of some days by key of the entity. @internal */
export type WindowSums = ReadonlyMap<number, readonly WindowSum[]>;

/** So many entities are added up by one statement, so that nobody waits long for the database. */
const STEP = 1_000;

/** The month to date and the days before it, of the data that is live and of the data before it. */
const KEPT = 4;

const AMOUNTS = (['effective', 'billed'] as const)
  .flatMap(basis => [
    exactSum(`cost.${basis}`, basis),
    exactSum(
      `(case when ${IS_USAGE} then cost.${basis} else 0 end)`,
      `usage_${basis}`,
    ),
  ])
  .join(', ');

interface SumRow extends ExactSumRow<CostBasis | `usage_${CostBasis}`> {
  entity_id: number;
  environment_id: number;
  currency_id: number;
}

/**
 * Sums of all entities over a few days. The rows of a generation never change, so what was added up once for the
 * live generations is kept: a comparison of days would else read hundreds of thousands of rows for each person.
 * Who asks picks the entities that the caller may read.
 *
 * @internal
 */
export class DayWindowStore {
  readonly #database: PlumblineDatabase;
  /** In the order they were last asked for. */
  readonly #kept = new Map<string, Promise<WindowSums>>();

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): DayWindowStore {
    return new DayWindowStore(options.database);
  }

  async read(window: DayWindow): Promise<WindowSums> {
    const generations: number[] = await this.#database
      .knex('cost_partition as live')
      .join('source', 'source.id', 'live.source_id')
      .whereNull('source.retired_at')
      .whereNotNull('live.entity_generation')
      .where('live.first_day', '<', window.to)
      .where('live.last_day', '>=', window.from)
      .orderBy('live.id')
      .pluck('live.entity_generation');
    const key = `${window.from} ${window.to} ${generations.join()}`;
    const sums = this.#kept.get(key) ?? this.#sum(generations, window);
    this.#kept.delete(key);
    this.#kept.set(key, sums);
    // A failure is not kept.
    sums.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT) {
      this.#kept.delete(oldest);
    }
    return sums;
  }

  async #sum(
    generations: readonly number[],
    { from, to }: DayWindow,
  ): Promise<WindowSums> {
    const sums = new Map<number, WindowSum[]>();
    if (generations.length === 0) {
      return sums;
    }
    const [{ last }] = await this.#database.query(
      'select max(id) as last from entity',
    );
    for (let first = 1; first <= Number(last); first += STEP) {
      const rows: unknown = await this.#database.query(
        `select cost.entity_id, cost.environment_id, cost.currency_id, ${AMOUNTS}
         from entity_cost_daily cost
         join charge_kind kind on kind.id = cost.charge_kind_id
         where cost.generation_id in (${generations.map(() => '?').join()})
           and cost.entity_id >= ? and cost.entity_id < ? and cost.day >= ? and cost.day < ?
         group by cost.entity_id, cost.environment_id, cost.currency_id`,
        [...generations, first, first + STEP, from, to],
      );
      for (const row of rows as SumRow[]) {
        const known = sums.get(row.entity_id);
        if (known) {
          known.push(toSum(row));
        } else {
          sums.set(row.entity_id, [toSum(row)]);
        }
      }
      await this.#database.breathe();
    }
    return sums;
  }
}

function toSum(row: SumRow): WindowSum {
  return {
    environment: row.environment_id,
    currency: row.currency_id,
    amounts: {
      effective: exactAmount(row, 'effective'),
      billed: exactAmount(row, 'billed'),
    },
    usage: {
      effective: exactAmount(row, 'usage_effective'),
      billed: exactAmount(row, 'usage_billed'),
    },
  };
}
