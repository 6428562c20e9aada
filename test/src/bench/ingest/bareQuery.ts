import { DuckDBInstance } from '@duckdb/node-api';
import path from 'node:path';

/** What DuckDB alone took for the grouping that the import stores. */
export interface BareResult {
  ms: number;
  lines: number;
  groups: number;
}

/** Groups an export's Parquet files by DuckDB alone, three times; gives the median. */
export async function bareQuery(data: string): Promise<BareResult> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const files = `'${path.join(data, '**/*.parquet').replaceAll("'", "''")}'`;
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    await connection.run(`
      CREATE OR REPLACE TEMP TABLE grouped AS
      SELECT ResourceId, ServiceName, ChargePeriodStart::DATE AS day, BillingCurrency, ChargeCategory,
        sum(EffectiveCost::DECIMAL(38, 12)) AS effective, sum(BilledCost::DECIMAL(38, 12)) AS billed,
        count(*) AS lines
      FROM read_parquet(${files}, union_by_name = true) GROUP BY ALL`);
    times.push(performance.now() - started);
  }
  const counted = await connection.runAndReadAll(
    'SELECT sum(lines)::DOUBLE, count(*)::DOUBLE FROM grouped',
  );
  const [[lines, groups]] = counted.getRowsJS();
  connection.closeSync();
  instance.closeSync();
  const [, ms] = times.sort((a, b) => a - b);
  return { ms, lines: Number(lines), groups: Number(groups) };
}
