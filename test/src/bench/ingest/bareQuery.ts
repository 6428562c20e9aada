import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import path from 'node:path';

/** What DuckDB alone took for the grouping that the import stores. */
export interface BareResult {
  /** Until the last group is with the client, its values not looked at. */
  engineMs: number;
  /** Until the client also has each value as JavaScript holds it. */
  ms: number;
  groups: number;
}

/**
 * DuckDB's bare query over an export's Parquet files: groups by provider, account, resource, service, UTC day,
 * currency, category, class and commitment status, sums of both costs as exact decimals of the same 18 places that
 * the product keeps, with the product's own threads and memory. A million groups are really made and fetched:
 * `count(*)` over them would let DuckDB leave most of the work out.
 *
 * It is timed twice. `engineMs` is the yardstick that asks most of the import: chunks are fetched and dropped.
 * `ms` decodes them by the client's own `getColumns()`, as anybody must who wants the figures in this process.
 */
export async function bareQuery(data: string): Promise<BareResult> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '512MB',
  });
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  const files = `'${path.join(data, '**/*.parquet').replaceAll("'", "''")}'`;
  const from = `read_parquet(${files}, union_by_name = true, hive_partitioning = false)`;
  const sql = `
    SELECT ${await providerOf(connection, from)} AS provider,
      coalesce(SubAccountId, BillingAccountId) AS account, ResourceId, ServiceName,
      ChargePeriodStart::DATE AS day, BillingCurrency, ChargeCategory, ChargeClass, CommitmentDiscountStatus,
      sum(EffectiveCost::DECIMAL(38, 18)) AS effective, sum(BilledCost::DECIMAL(38, 18)) AS billed
    FROM ${from} GROUP BY ALL`;
  const fetched = await fetchAll(connection, sql, false);
  const decoded = await fetchAll(connection, sql, true);
  connection.closeSync();
  instance.closeSync();
  return { engineMs: fetched.ms, ms: decoded.ms, groups: fetched.groups };
}

async function fetchAll(
  connection: DuckDBConnection,
  sql: string,
  decode: boolean,
): Promise<{ ms: number; groups: number }> {
  const started = performance.now();
  const result = await connection.stream(sql);
  let groups = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) {
      return { ms: performance.now() - started, groups };
    }
    groups += decode ? chunk.getColumns()[0].length : chunk.rowCount;
  }
}

/** FOCUS 1.3 and 1.4 renamed the provider's column. */
async function providerOf(
  connection: DuckDBConnection,
  from: string,
): Promise<string> {
  const described = await connection.runAndReadAll(
    `DESCRIBE SELECT * FROM ${from}`,
  );
  const names = described.getRowsJS().map(([name]) => name);
  const there = ['ServiceProviderName', 'ProviderName'].filter(name =>
    names.includes(name),
  );
  return `coalesce(${there.join(', ')}, 'Unknown')`;
}
