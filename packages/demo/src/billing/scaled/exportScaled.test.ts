import { DuckDBInstance } from '@duckdb/node-api';
import { InputError } from '@backstage/errors';
import { readFile } from 'fs/promises';
import { join } from 'path';
import { temporaryFolder } from '../testing';
import { exportScaled, ScaledEntity } from './exportScaled';

jest.setTimeout(30_000);

describe('exportScaled', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  const make = (name: string, entities: number) =>
    exportScaled({
      directory: join(folder.path, name),
      end: '2026-11-22',
      rows: 40_000,
      entities,
    });

  it('gives the same bytes for the same options', async () => {
    const [first, second] = [await make('a', 100), await make('b', 100)];
    expect(second.manifest).toEqual(first.manifest);
  });

  it.each([
    ['more entities than groups a day', 100],
    ['fewer entities than groups a day', 7],
  ])(
    'has five rows a group, and the entities beside it: %s',
    async (_, entities) => {
      const { directory } = await make(`c${entities}`, entities);
      const listed = (
        await readFile(join(directory, 'entities.ndjson'), 'utf8')
      )
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as ScaledEntity);
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const files = `'${directory}/aws/*/*.parquet'`;
      const result = await connection.runAndReadAll(`
      SELECT count(*)::INTEGER, min(rows)::INTEGER, max(rows)::INTEGER FROM (
        SELECT count(*) AS rows FROM ${files}
        GROUP BY ResourceId, ServiceName, ChargePeriodStart::DATE, BillingCurrency, ChargeCategory)`);
      expect(result.getRowsJS()).toEqual([[8000, 5, 5]]);
      const ids = await connection.runAndReadAll(
        `SELECT DISTINCT ResourceId FROM ${files} ORDER BY ALL`,
      );
      const columns = await connection.runAndReadAll(
        `DESCRIBE SELECT * FROM read_parquet(${files}, hive_partitioning = false)`,
      );
      connection.closeSync();
      instance.closeSync();
      expect(listed).toHaveLength(entities);
      expect(ids.getRowsJS().flat()).toEqual(
        listed.flatMap(({ resources }) => resources).sort(),
      );
      expect(columns.currentRowCount).toBe(37);
    },
  );

  it('refuses a size that is none', async () => {
    await expect(make('d', 0)).rejects.toThrow(InputError);
  });
});
