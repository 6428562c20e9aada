import { createMockDirectory } from '@backstage/backend-test-utils';
import type { CostBatch } from '@plumbline/backstage-plugin-plumbline-node';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  collect,
  line,
  sourceOf,
  writeLines,
  type Partition,
} from './__testUtils__/fixtures';

const dir = createMockDirectory();

type Complete = Extract<CostBatch, { type: 'complete' }>;

beforeEach(() => dir.clear());

function completed({ ending }: Partition): Complete {
  if (ending.type !== 'complete') {
    throw new Error(`It is ${ending.type}: ${JSON.stringify(ending)}`);
  }
  return ending;
}

async function september(): Promise<Complete> {
  const { '2026-09': partition } = await collect(sourceOf(dir.path));
  return completed(partition);
}

/** What a person gets who runs the query in the export's folder. */
async function runLines({ lineQuery }: Complete, rest: string) {
  const instance = await DuckDBInstance.create(':memory:', {
    file_search_path: dir.path,
  });
  const connection = await instance.connect();
  await connection.run(lineQuery?.before ?? '');
  const answer = await connection.runAndReadAll(
    `WITH line AS (${lineQuery?.lines}) ${rest}`,
  );
  connection.closeSync();
  instance.closeSync();
  return answer.getRowObjectsJson();
}

const usage = { ...line, InvoiceId: 'A-1', InvoiceIssuerName: 'AWS EMEA' };
const tax = {
  ...usage,
  ChargeCategory: 'tax',
  ResourceId: '',
  BilledCost: '0.2',
  EffectiveCost: '0.2',
};

describe('where a month came from', () => {
  it.each(['csv', 'csv.gz', 'parquet'])(
    'is told by file with its lines, for %s',
    async ending => {
      await writeLines(dir.path, `2026-09/a.${ending}`, [usage, usage]);
      await writeLines(dir.path, `2026-09/b.${ending}`, [tax]);
      const { origins, rowsRead } = await september();
      expect(rowsRead).toBe(3);
      expect(origins).toEqual([
        {
          kind: 'file',
          name: `2026-09/a.${ending}`,
          rows: 2,
          modified: expect.stringMatching(/^20/),
        },
        expect.objectContaining({ name: `2026-09/b.${ending}`, rows: 1 }),
      ]);
    },
  );

  it('leaves lines out that it would have to read again to count', async () => {
    await writeLines(dir.path, 'a.csv', [
      usage,
      { ...usage, BillingPeriodStart: '2026-08-01' },
    ]);
    expect((await september()).origins).toMatchObject([{ rows: 1 }]);
    await writeLines(dir.path, 'b.csv', [usage]);
    const { origins } = await september();
    expect(origins?.map(({ rows }) => rows)).toEqual([undefined, undefined]);
  });

  it.each(['csv', 'parquet'])(
    'comes with a query that reads the same lines from %s',
    async ending => {
      await writeLines(dir.path, `2026-09/it's.${ending}`, [usage, usage, tax]);
      const ended = await september();
      expect(
        await runLines(
          ended,
          `SELECT ProviderName, SubAccountId, ResourceId, ServiceName, ChargePeriodStart::VARCHAR AS day,
             BillingCurrency, ChargeCategory, ChargeClass, CommitmentDiscountStatus,
             sum(BilledCost)::DECIMAL(38, 2)::VARCHAR AS billed, count(*)::INTEGER AS lines
           FROM line GROUP BY ALL ORDER BY lines`,
        ),
      ).toEqual([
        {
          ProviderName: 'AWS',
          SubAccountId: '111111111111',
          ResourceId: '',
          ServiceName: 'AWS Lambda',
          day: '2026-09-10',
          BillingCurrency: 'USD',
          ChargeCategory: 'Tax',
          ChargeClass: '',
          CommitmentDiscountStatus: '',
          billed: '0.20',
          lines: 1,
        },
        expect.objectContaining({
          ResourceId: line.ResourceId,
          ChargeCategory: 'Usage',
          billed: '3.00',
          lines: 2,
        }),
      ]);
    },
  );

  it('comes with a query for one month of files that hold several, of different forms', async () => {
    await writeLines(dir.path, 'a.csv', [
      usage,
      { ...usage, BillingPeriodStart: '2026-08-01' },
    ]);
    await writeLines(dir.path, 'b.parquet', [usage]);
    expect(
      await runLines(
        await september(),
        'SELECT count(*)::INTEGER AS lines FROM line',
      ),
    ).toEqual([{ lines: 2 }]);
  });

  it('has no query where a file name would be taken for a pattern', async () => {
    await writeLines(dir.path, 'a[1].csv', [usage]);
    const { lineQuery, origins } = await september();
    expect(lineQuery).toBeUndefined();
    expect(origins).toMatchObject([{ name: 'a[1].csv' }]);
  });
});

describe('invoices', () => {
  it('are added up by id, issuer and currency', async () => {
    await writeLines(dir.path, 'export.csv', [
      usage,
      tax,
      { ...usage, InvoiceId: '', InvoiceIssuerName: '' },
      { ...usage, BillingCurrency: 'EUR', InvoiceId: 'A-2' },
    ]);
    expect((await september()).invoices).toEqual([
      { id: 'A-2', issuer: 'AWS EMEA', currency: 'EUR', billed: '1.5' },
      { id: '', currency: 'USD', billed: '1.5' },
      { id: 'A-1', issuer: 'AWS EMEA', currency: 'USD', billed: '1.7' },
    ]);
  });

  it('are not known where the bill does not name them', async () => {
    await writeLines(dir.path, 'export.csv', [
      { ...line, InvoiceIssuerName: 'AWS EMEA' },
    ]);
    expect((await september()).invoices).toBeUndefined();
  });
});
