import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import {
  endDayOfMonth,
  exactAmount,
  exactSum,
  firstDayOfMonth,
  type ExactSumRow,
  type PlumblineDatabase,
} from '../../database';

/** What one live billing month holds of one source. @internal */
export interface LiveMonths {
  source: number;
  sums: MonthSums;
}

/** What a visitor of sums is told: a sum of one entity, month, environment and currency, in nanos. @internal */
export type VisitSum = (
  month: string,
  environment: number,
  currency: number,
  amount: bigint,
) => void;

/** So many entities are read by one statement, so that nobody waits long for the database. */
const STEP = 2_000;

/** So many rows are kept in memory, about 80 MB: two years of 40,000 entities in two environments. */
const MOST_ROWS = 2_000_000;

const AMOUNTS = (['effective', 'billed'] as const).map(basis =>
  exactSum(`cost.${basis}`, basis),
);

interface MonthRow {
  entity_id: number;
  month: string;
  environment_id: number;
  currency_id: number;
  effective: bigint;
  billed: bigint;
}

/** The sums of one generation, column by column. @internal */
export class MonthSums {
  readonly #months: string[] = [];
  readonly #environments: number[] = [];
  readonly #currencies: number[] = [];
  readonly #amounts: Record<CostBasis, bigint[]> = {
    effective: [],
    billed: [],
  };
  /** Where the rows of each entity begin and end. */
  readonly #ranges = new Map<number, { from: number; to: number }>();

  /** Keys of all that there are, whosever. */
  readonly environments = new Set<number>();
  readonly currencies = new Set<number>();

  get length(): number {
    return this.#months.length;
  }

  /** Rows of an entity come one after another. */
  add(row: MonthRow): void {
    const at = this.#months.length;
    const range = this.#ranges.get(row.entity_id);
    if (range) {
      range.to = at + 1;
    } else {
      this.#ranges.set(row.entity_id, { from: at, to: at + 1 });
    }
    this.environments.add(row.environment_id);
    this.currencies.add(row.currency_id);
    this.#months.push(row.month);
    this.#environments.push(row.environment_id);
    this.#currencies.push(row.currency_id);
    this.#amounts.effective.push(row.effective);
    this.#amounts.billed.push(row.billed);
  }

  visit(entity: number, basis: CostBasis, visit: VisitSum): void {
    const range = this.#ranges.get(entity);
    const amounts = this.#amounts[basis];
    for (let at = range?.from ?? 0; at < (range?.to ?? 0); at++) {
      visit(
        this.#months[at],
        this.#environments[at],
        this.#currencies[at],
        amounts[at],
      );
    }
  }
}

/**
 * The months of live generations. The rows of a generation never change, so each is read once and kept: to add
 * up months of thousands of entities in the database would take each person a tenth of a second of its only
 * connection. Who asks picks the entities that the caller may read.
 *
 * @internal
 */
export class MonthStore {
  readonly #database: PlumblineDatabase;
  /** By generation, in the order they were last asked for. */
  readonly #kept = new Map<number, Promise<MonthSums>>();
  readonly #sizes = new Map<number, number>();

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): MonthStore {
    return new MonthStore(options.database);
  }

  /** What is live of sources in use with a charge in these months, both inclusive. */
  async read(from: string, to: string): Promise<LiveMonths[]> {
    const live: { source: number; generation: number }[] = await this.#database
      .knex('cost_partition as live')
      .join('source', 'source.id', 'live.source_id')
      .whereNull('source.retired_at')
      .whereNotNull('live.entity_generation')
      .where('live.first_day', '<', endDayOfMonth(to))
      .where('live.last_day', '>=', firstDayOfMonth(from))
      .orderBy('live.id')
      .select({
        source: 'live.source_id',
        generation: 'live.entity_generation',
      });
    const months: LiveMonths[] = [];
    for (const { source, generation } of live) {
      months.push({ source, sums: await this.#sums(generation) });
    }
    return months;
  }

  async #sums(generation: number): Promise<MonthSums> {
    const known = this.#kept.get(generation);
    const sums = known ?? this.#load(generation);
    this.#kept.delete(generation);
    this.#kept.set(generation, sums);
    try {
      this.#sizes.set(generation, (await sums).length);
    } catch (error) {
      // A failure is not kept.
      this.#kept.delete(generation);
      throw error;
    }
    this.#forget(generation);
    return sums;
  }

  async #load(generation: number): Promise<MonthSums> {
    const sums = new MonthSums();
    const [{ last }] = await this.#database.query(
      'select max(entity_id) as last from entity_cost_monthly where generation_id = ?',
      [generation],
    );
    for (let first = 1; first <= Number(last ?? 0); first += STEP) {
      const rows: unknown = await this.#database.query(
        `select cost.entity_id, cost.month, cost.environment_id, cost.currency_id, ${AMOUNTS.join(
          ', ',
        )}
         from entity_cost_monthly cost
         where cost.generation_id = ? and cost.entity_id >= ? and cost.entity_id < ?
         group by cost.entity_id, cost.month, cost.environment_id, cost.currency_id
         order by cost.entity_id, cost.month`,
        [generation, first, first + STEP],
      );
      (rows as (MonthRow & ExactSumRow<CostBasis>)[]).forEach(row =>
        sums.add({
          ...row,
          effective: exactAmount(row, 'effective'),
          billed: exactAmount(row, 'billed'),
        }),
      );
      await this.#database.breathe();
    }
    return sums;
  }

  /** The longest not asked for goes first, where there are too many. */
  #forget(except: number): void {
    let rows = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const generation of [...this.#kept.keys()]) {
      if (rows <= MOST_ROWS) {
        return;
      }
      if (generation !== except) {
        rows -= this.#sizes.get(generation) ?? 0;
        this.#sizes.delete(generation);
        this.#kept.delete(generation);
      }
    }
  }
}
