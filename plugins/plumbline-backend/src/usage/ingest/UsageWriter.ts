import type { DailyUsage } from '@plumbline/backstage-plugin-plumbline-node';
import type { Lease } from '../../collect/Lease';
import { MAX_BATCH, USAGE_DAILY, type PlumblineDatabase } from '../../database';
import { UsageContract, type CheckedUsage } from './contract';

/** Writes the rows of one partition as a new generation, which nobody sees yet. @internal */
export class UsageWriter {
  static async open(options: {
    database: PlumblineDatabase;
    lease: Lease;
    month: string;
    now: Date;
  }): Promise<UsageWriter> {
    const { database, lease, month, now } = options;
    const contract = new UsageContract(lease.source, month);
    const [partition] = await database
      .knex('usage_partition')
      .insert({ source_id: lease.sourceKey, month })
      .onConflict(['source_id', 'month'])
      .merge(['month'])
      .returning('id');
    const [generation] = await database
      .knex('usage_generation')
      .insert({
        partition_id: partition.id,
        ticket: lease.ticket,
        created_at: now,
      })
      .returning('id');
    return new UsageWriter(
      database,
      contract,
      month,
      partition.id,
      generation.id,
    );
  }

  readonly #metrics = new Map<string, number>();
  readonly #subjects = new Map<string, number>();

  private constructor(
    private readonly database: PlumblineDatabase,
    readonly contract: UsageContract,
    readonly month: string,
    readonly partitionId: number,
    readonly generation: number,
  ) {}

  /** @throws SourceContractError when a row breaks the contract */
  async addRows(rows: readonly DailyUsage[]): Promise<void> {
    if (rows.length > MAX_BATCH) {
      this.contract.breach(
        `a batch has ${rows.length} rows; ${MAX_BATCH} at most`,
      );
    }
    const merged = mergeRows(rows.map(row => this.contract.check(row)));
    if (merged.length === 0) {
      return;
    }
    const metrics = await this.#idsOf(
      this.#metrics,
      'usage_metric',
      'name',
      merged.map(({ metric }) => metric),
    );
    const subjects = await this.#idsOf(
      this.#subjects,
      'usage_subject',
      'ref',
      merged.map(({ entityRef }) => entityRef),
    );
    await this.database.insertColumns(
      USAGE_DAILY.name,
      USAGE_DAILY.columns,
      [
        new Int32Array(merged.length).fill(this.generation),
        Int32Array.from(subjects),
        Int32Array.from(metrics),
        Int32Array.from(merged, ({ day }) => day),
        BigInt64Array.from(merged, ({ value }) => value),
      ],
      USAGE_DAILY.addUp,
    );
  }

  async #idsOf(
    known: Map<string, number>,
    table: string,
    column: string,
    names: readonly string[],
  ): Promise<number[]> {
    const missing = new Set(names.filter(name => !known.has(name)));
    const rows = await this.database.insertRecords(
      table,
      [{ name: column, type: 'text' }],
      [...missing].map(name => ({ [column]: name })),
      `on conflict (${column}) do update set ${column} = excluded.${column} returning id, ${column}`,
    );
    rows.forEach(row => known.set(String(row[column]), Number(row.id)));
    return names.map(name => known.get(name)!);
  }
}

/** One row a key: a statement may not touch the same row twice. */
function mergeRows(rows: readonly CheckedUsage[]): CheckedUsage[] {
  const merged = new Map<string, CheckedUsage>();
  for (const row of rows) {
    const key = `${row.entityRef}\0${row.metric}\0${row.day}`;
    const before = merged.get(key);
    merged.set(key, before ? { ...row, value: before.value + row.value } : row);
  }
  return [...merged.values()];
}
