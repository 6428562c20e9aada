import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import {
  instantFromDatabase,
  nanosOfParts,
  type PlumblineDatabase,
} from '../../database';
import type { CoveragePart } from './ResourceParts';

/** How far the charges of an account reach in a source, in whichever month. @internal */
export interface AccountReach {
  provider: string;
  accountId: string;
  lastDay: number;
  /** The newest complete day of the source. */
  sourceThrough?: number;
}

/** One part of an account's cost in a billing month. @internal */
export interface CoverageRow {
  provider: string;
  accountId: string;
  name?: string;
  currency: string;
  part: CoveragePart;
  effective: bigint;
  resources: number;
}

interface ProgressRow {
  computedAt: unknown;
  now: number;
  then: number | null;
  resourcesNow: number | null;
  resourcesThen: number | null;
}

interface StoredRow extends Omit<CoverageRow, 'name' | 'effective'> {
  name: string | null;
  units: string;
  nanos: string;
}

interface SourceRow {
  source: number;
  through: number | null;
}

interface ReachRow extends Omit<AccountReach, 'sourceThrough'> {
  source: number;
}

/** How far the figures of a month are worked out. @internal */
export interface CoverageProgress {
  /** Whether something was published or allocated since. */
  pending: boolean;
  computedAt?: Date;
}

/**
 * Reads coverage by account of the sources that are set up.
 *
 * @internal
 */
export class AccountCoverageStore {
  readonly #knex: Knex;

  private constructor(database: PlumblineDatabase) {
    this.#knex = database.knex;
  }

  static create(options: {
    database: PlumblineDatabase;
  }): AccountCoverageStore {
    return new AccountCoverageStore(options.database);
  }

  /** Billing months that are worked out, the latest first. */
  async listMonths(): Promise<Month[]> {
    const rows: { month: Month }[] = await this.#partitions()
      .join('coverage_partition as c', 'c.partition_id', 'p.id')
      .distinct('p.month')
      .orderBy('p.month', 'desc');
    return rows.map(({ month }) => month);
  }

  async getProgress(month: Month): Promise<CoverageProgress> {
    const rows: ProgressRow[] = await this.#partitions()
      .leftJoin('coverage_partition as c', 'c.partition_id', 'p.id')
      .where('p.month', month)
      .select({
        computedAt: 'c.computed_at',
        now: 'p.entity_generation',
        then: 'c.entity_generation',
        resourcesNow: 'p.resource_generation',
        resourcesThen: 'c.resource_generation',
      });
    const instants = rows
      .flatMap(({ computedAt }) => instantFromDatabase(computedAt) ?? [])
      .sort((a, b) => a.getTime() - b.getTime());
    return {
      pending: rows.some(
        row =>
          row.now !== row.then ||
          // Days of old months are forgotten, and their coverage stays.
          (row.resourcesNow !== null && row.resourcesNow !== row.resourcesThen),
      ),
      computedAt: instants[0],
    };
  }

  async getRows(month: Month): Promise<CoverageRow[]> {
    const rows: StoredRow[] = await this.#partitions()
      .join('account_coverage as c', 'c.partition_id', 'p.id')
      .join('account', 'account.id', 'c.account_id')
      .join('currency', 'currency.id', 'c.currency_id')
      .where('p.month', month)
      .select({
        provider: 'account.provider',
        accountId: 'account.native_id',
        name: 'account.name',
        currency: 'currency.code',
        part: 'c.part',
        resources: 'c.resources',
      })
      .select(
        this.#knex.raw(
          'cast(c.effective_units as text) as units, cast(c.effective as text) as nanos',
        ),
      );
    return rows.map(row => ({
      provider: row.provider,
      accountId: row.accountId,
      ...(row.name && { name: row.name }),
      currency: row.currency,
      part: row.part,
      effective: nanosOfParts(row.units, row.nanos),
      resources: Number(row.resources),
    }));
  }

  /** Of accounts whose days were noted, by source. */
  async getReaches(): Promise<AccountReach[]> {
    const [reaches, sources] = await Promise.all([
      this.#partitions()
        .join('account_coverage as c', 'c.partition_id', 'p.id')
        .join('account', 'account.id', 'c.account_id')
        .whereNotNull('c.last_day')
        .groupBy('p.source_id', 'account.provider', 'account.native_id')
        .select({
          source: 'p.source_id',
          provider: 'account.provider',
          accountId: 'account.native_id',
        })
        .max({ lastDay: 'c.last_day' }),
      this.#partitions()
        .groupBy('p.source_id')
        .select({ source: 'p.source_id' })
        .max({ through: 'p.data_through' }),
    ]);
    const throughs = new Map<number, number | null>(
      sources.map((row: SourceRow) => [row.source, row.through]),
    );
    return reaches.map(({ source, ...reach }: ReachRow) => {
      const sourceThrough = throughs.get(source) ?? undefined;
      return {
        ...reach,
        ...(sourceThrough !== undefined && { sourceThrough }),
      };
    });
  }

  #partitions(): Knex.QueryBuilder {
    return this.#knex('cost_partition as p')
      .join('source', 'source.id', 'p.source_id')
      .whereNull('source.retired_at')
      .whereNotNull('p.entity_generation');
  }
}
