import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';

/** A folder for a test, and how to remove it. */
export async function temporaryFolder(): Promise<{
  path: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-demo-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Reads an export with DuckDB, as a consumer that knows nothing of the generator. */
export class ExportReader {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Makes the views `aws`, `azure` and `gcp`, and the table `bill` with the columns that all share. */
  static async create(directory: string): Promise<ExportReader> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    await connection.run(`
      CREATE VIEW aws AS SELECT * FROM read_parquet('${directory}/aws/*/*.parquet', hive_partitioning = false);
      CREATE VIEW azure AS SELECT * FROM read_csv('${directory}/azure/*/*.csv.gz', all_varchar = true);
      CREATE VIEW gcp AS SELECT * FROM read_csv('${directory}/gcp/*/*.csv', all_varchar = true)`);
    const shared = (provider: string) => `
      SELECT '${provider}' AS provider, BillingCurrency AS currency,
        strftime(BillingPeriodStart::TIMESTAMP, '%Y-%m') AS month,
        ChargePeriodStart::TIMESTAMP::DATE::VARCHAR AS date,
        ChargeCategory AS category, ChargeClass AS class, ServiceName AS service,
        ResourceId AS resource, CommitmentDiscountStatus AS commitment,
        round(BilledCost::DECIMAL(30, 12), 10)::DECIMAL(30, 10) AS billed,
        round(EffectiveCost::DECIMAL(30, 12), 10)::DECIMAL(30, 10) AS effective,
        round(ListCost::DECIMAL(30, 12), 10)::DECIMAL(30, 10) AS list,
        PricingQuantity::DOUBLE AS quantity, ChargeDescription AS description
      FROM ${provider}`;
    await connection.run(
      `CREATE TABLE bill AS ${['aws', 'azure', 'gcp']
        .map(shared)
        .join(' UNION ALL ')}`,
    );
    return new ExportReader(instance, connection);
  }

  async rows(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.connection.runAndReadAll(sql)).getRowObjectsJson();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}
