import { DuckDBInstance } from '@duckdb/node-api';

/** Sums of one month, provider, service and currency; decimals, in the currency's unit. */
export interface Total {
  month: string;
  provider: string;
  service: string;
  currency: string;
  effective: string;
  billed: string;
}

/** What a file should come to. */
export interface Expected {
  totals: Total[];
  /** Resources that cost most: some of them are given to entities. */
  resources: string[];
}

/** DuckDB's own sums over a file, without any of the product's code. */
export async function expectedOf(file: string): Promise<Expected> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const from = `'${file.replaceAll("'", "''")}'`;
  await connection.run(
    /\.parquet$/i.test(file)
      ? `CREATE VIEW line AS SELECT * FROM read_parquet(${from})`
      : `CREATE VIEW line AS SELECT * FROM read_csv(${from}, all_varchar = true, header = true, nullstr = 'NULL')`,
  );
  const read = async (sql: string) =>
    (await connection.runAndReadAll(sql)).getRowObjects();
  const columns = (await read('DESCRIBE line')).map(row =>
    String(row.column_name),
  );
  const provider = ['ServiceProviderName', 'ProviderName']
    .filter(name => columns.includes(name))
    .join(', ');
  const rows = await read(`
    SELECT strftime(BillingPeriodStart::TIMESTAMP, '%Y-%m') AS month,
      coalesce(${provider}) AS provider,
      coalesce(nullif(ServiceName, ''), 'Other') AS service,
      BillingCurrency AS currency,
      sum(EffectiveCost::DECIMAL(38, 18))::VARCHAR AS effective,
      sum(BilledCost::DECIMAL(38, 18))::VARCHAR AS billed
    FROM line GROUP BY ALL`);
  const resources = await read(`
    SELECT ResourceId AS id FROM line WHERE ResourceId IS NOT NULL AND NOT contains(ResourceId, ',')
    GROUP BY ALL ORDER BY sum(BilledCost::DECIMAL(38, 18)) DESC, id LIMIT 40`);
  connection.closeSync();
  instance.closeSync();
  return {
    totals: rows.map(row => ({
      month: String(row.month),
      provider: String(row.provider),
      service: String(row.service),
      currency: String(row.currency),
      effective: String(row.effective),
      billed: String(row.billed),
    })),
    resources: resources.map(row => String(row.id)),
  };
}
