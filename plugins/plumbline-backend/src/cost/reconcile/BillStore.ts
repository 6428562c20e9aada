import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  ExportInvoice,
  PartitionTotal,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  instantFromDatabase,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
  type PlumblineDatabase,
} from '../../database';
import { parseInvoices } from '../ingest/origins';

const NANOS = 1_000_000_000n;

/** Sums are kept of so many generations. */
const MOST_KEPT = 500;

/** A live billing month of a source. @internal */
export interface Bill {
  source: number;
  sourceId: string;
  month: Month;
  entityGeneration: number;
  publishedAt: Date;
  dataThrough?: number;
  totals: PartitionTotal[];
  /** Undefined where the bill does not name invoices. */
  invoices?: ExportInvoice[];
}

/** What a bill's charges of one kind come to for entities or one of the buckets, in nanos. @internal */
export interface BillShare {
  currency: string;
  to: 'entities' | 'shared' | 'unallocated';
  category: string;
  correction: boolean;
  billed: bigint;
  /** Effective cost of what was billed at nothing. */
  notBilled: bigint;
}

/**
 * Reads bills as a whole. What a generation comes to never changes, so it is added up once.
 *
 * @internal
 */
export class BillStore {
  readonly #database: PlumblineDatabase;
  readonly #kept = new Map<number, BillShare[]>();

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): BillStore {
    return new BillStore(options.database);
  }

  /** The newest billing month of any source. */
  async newestMonth(): Promise<Month | undefined> {
    const row = await this.#live().max({ month: 'partition.month' }).first();
    return row?.month ?? undefined;
  }

  /** Live bills of some months, the newest month first. */
  async list(from: Month, to: Month): Promise<Bill[]> {
    const rows = await this.#live()
      .where('partition.month', '>=', from)
      .where('partition.month', '<=', to)
      .orderBy([
        { column: 'partition.month', order: 'desc' },
        'source.source_id',
      ])
      .select({
        source: 'source.id',
        sourceId: 'source.source_id',
        month: 'partition.month',
        entityGeneration: 'partition.entity_generation',
        publishedAt: 'partition.published_at',
        dataThrough: 'partition.data_through',
        totals: 'partition.totals',
        invoices: 'partition.invoices',
      });
    return rows.map(
      ({ publishedAt, dataThrough, totals, invoices, ...row }) => ({
        ...row,
        publishedAt: instantFromDatabase(publishedAt) ?? new Date(0),
        ...(dataThrough !== null && { dataThrough }),
        totals: JSON.parse(totals ?? '[]'),
        invoices: parseInvoices(invoices),
      }),
    );
  }

  /** The key of a source that has a live bill of the month. */
  async findSource(
    sourceId: string,
    month: Month,
  ): Promise<number | undefined> {
    const row = await this.#live()
      .where({ 'source.source_id': sourceId, 'partition.month': month })
      .first('source.id as id');
    return row?.id;
  }

  /** What a bill comes to, by whose it is and by kind of charge. */
  async shares(generation: number): Promise<BillShare[]> {
    const known = this.#kept.get(generation);
    if (known) {
      return known;
    }
    const rows = await this.#database.query(
      `select currency.code as currency, sums.bucket, kind.category, kind.correction,
         sums.units, sums.nanos, sums.not_billed_units, sums.not_billed_nanos
       from (
         select cost.currency_id, cost.charge_kind_id,
           case when cost.entity_id in (${UNALLOCATED_ENTITY_ID}, ${SHARED_ENTITY_ID}) then cost.entity_id else 0 end as bucket,
           cast(sum(cost.billed / ${NANOS}) as text) as units, cast(sum(cost.billed % ${NANOS}) as text) as nanos,
           cast(sum(case when cost.billed = 0 then cost.effective / ${NANOS} else 0 end) as text) as not_billed_units,
           cast(sum(case when cost.billed = 0 then cost.effective % ${NANOS} else 0 end) as text) as not_billed_nanos
         from entity_cost_monthly cost where cost.generation_id = ?
         group by cost.currency_id, cost.charge_kind_id, bucket
       ) sums
       join currency on currency.id = sums.currency_id
       join charge_kind kind on kind.id = sums.charge_kind_id`,
      [generation],
    );
    const shares = rows.map(toShare);
    this.#keep(generation, shares);
    return shares;
  }

  #keep(generation: number, shares: BillShare[]): void {
    if (this.#kept.size >= MOST_KEPT) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    this.#kept.set(generation, shares);
  }

  #live() {
    return this.#database
      .knex('cost_partition as partition')
      .join('source', 'source.id', 'partition.source_id')
      .whereNotNull('partition.entity_generation')
      .whereNull('source.retired_at');
  }
}

const SHARES: Record<number, BillShare['to']> = {
  [UNALLOCATED_ENTITY_ID]: 'unallocated',
  [SHARED_ENTITY_ID]: 'shared',
};

function toShare(row: Record<string, unknown>): BillShare {
  const amount = (units: unknown, nanos: unknown) =>
    BigInt(String(units)) * NANOS + BigInt(String(nanos));
  return {
    currency: String(row.currency),
    to: SHARES[Number(row.bucket)] ?? 'entities',
    category: String(row.category),
    correction: Boolean(row.correction),
    billed: amount(row.units, row.nanos),
    notBilled: amount(row.not_billed_units, row.not_billed_nanos),
  };
}
