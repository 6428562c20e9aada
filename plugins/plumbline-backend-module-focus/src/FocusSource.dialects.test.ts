import { createMockDirectory } from '@backstage/backend-test-utils';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  collect,
  line,
  sourceOf,
  writeLines,
  type Line,
  type Partition,
} from './__testUtils__/fixtures';

const dir = createMockDirectory();

/** Reads the lines as one CSV and gives September. */
async function september(lines: Line[]): Promise<Partition> {
  dir.clear();
  await writeLines(dir.path, 'export.csv', lines);
  const { '2026-09': partition } = await collect(sourceOf(dir.path));
  return partition;
}

describe('versions and dialects', () => {
  it('takes the provider from whichever column there is', async () => {
    const { services } = await september([
      { ...line, ProviderName: undefined, ServiceProviderName: 'Microsoft' },
    ]);
    expect(services).toMatchObject([{ provider: 'Microsoft' }]);

    const both = await september([
      { ...line, ProviderName: 'AWS', ServiceProviderName: 'Datadog' },
      { ...line, ProviderName: 'AWS', ServiceProviderName: '' },
    ]);
    expect(both.services.map(({ provider }) => provider)).toEqual([
      'AWS',
      'Datadog',
    ]);
  });

  it('gives databases no text they refuse', async () => {
    const { resources, services } = await september([
      {
        ...line,
        ResourceName: 'check\u0007out',
        ResourceType: 't'.repeat(300),
        RegionId: 'r'.repeat(100),
        ServiceName: 's'.repeat(300),
        ServiceCategory: 'c'.repeat(300),
        Tags: '{"te\\u0000am":"sh\\u0000op"}',
      },
    ]);
    expect(resources).toMatchObject([
      {
        name: 'checkout',
        type: 't'.repeat(255),
        region: 'r'.repeat(64),
        tags: { team: 'shop' },
      },
    ]);
    expect(services).toMatchObject([
      { name: 's'.repeat(255), category: 'c'.repeat(128) },
    ]);
  });

  it('does without the account below the billing account, tags and columns it does not know', async () => {
    const { resources } = await september([
      {
        ...line,
        SubAccountId: '',
        Tags: undefined,
        AllocatedTags: 'x',
        x_Custom: '1',
      },
    ]);
    expect(resources).toMatchObject([{ accountId: '999999999999', tags: {} }]);
  });

  it('reads Azure: minutes only, American dates, "-2", Unassigned, lower-case ids, bare tags', async () => {
    const azure = {
      ...line,
      ProviderName: 'Microsoft',
      BillingPeriodStart: '2026-09-01T00:00Z',
      ChargePeriodStart: '2026-09-10T00:00Z',
      ResourceId:
        '/subscriptions/aa/resourcegroups/shop/providers/microsoft.web/sites/checkout',
      Tags: '"env": "prod","owner": null',
    };
    const { rows, resources, services } = await september([
      azure,
      {
        ...azure,
        ChargePeriodStart: '09/11/2026',
        ServiceName: '',
        RegionId: 'Unassigned',
      },
      { ...azure, ResourceId: '-2', ServiceName: 'Unassigned' },
    ]);
    expect(rows.map(({ date }) => date).sort()).toEqual([
      '2026-09-10',
      '2026-09-10',
      '2026-09-11',
    ]);
    expect(resources).toMatchObject([
      { resourceId: '' },
      {
        resourceId: azure.ResourceId,
        region: undefined,
        tags: { env: 'prod', owner: 'true' },
      },
    ]);
    expect(services.map(({ name }) => name)).toEqual(['AWS Lambda', 'Other']);
  });

  it.each([
    [
      'AWS: doubles, milliseconds, map',
      'BilledCost::DOUBLE',
      "MAP {'user:team': 'shop', 'aws:createdBy': ''}",
      'ChargePeriodStart::TIMESTAMP_MS',
    ],
    [
      'GCP: decimals, time zones, list',
      'BilledCost::DECIMAL(20, 9)',
      "[{'key': 'user:team', 'value': 'shop'}, {'key': 'aws:createdBy', 'value': NULL}]",
      'ChargePeriodStart::TIMESTAMPTZ',
    ],
    [
      'structs',
      'BilledCost::FLOAT',
      "{'user:team': 'shop', 'aws:createdBy': true}",
      'ChargePeriodStart::TIMESTAMP',
    ],
    [
      'text',
      'BilledCost',
      `'{"user:team":"shop","aws:createdBy":true}'`,
      'ChargePeriodStart',
    ],
  ])('reads Parquet of %s', async (_, BilledCost, Tags, ChargePeriodStart) => {
    dir.clear();
    await writeLines(dir.path, 'export.parquet', [line, line], {
      BilledCost,
      Tags,
      ChargePeriodStart,
    });
    const { '2026-09': partition } = await collect(sourceOf(dir.path));
    expect(partition.rows).toMatchObject([
      { date: '2026-09-10', billedNanos: 3_000_000_000n },
    ]);
    expect(partition.resources[0].tags).toEqual({
      'user:team': 'shop',
      'aws:createdBy': 'true',
    });
  });

  it('reads CSV with NULL for null, a byte order mark, Windows line ends, and gzip', async () => {
    dir.clear();
    await writeLines(dir.path, 'a.csv.gz', [{ ...line, ResourceId: 'NULL' }]);
    const plain = await writeLines(dir.path, 'b.csv', [line]);
    await fs.writeFile(plain, `\uFEFF${await fs.readFile(plain, 'utf8')}`);
    const crlf = await writeLines(dir.path, 'c.csv', [line]);
    await fs.writeFile(
      crlf,
      (await fs.readFile(crlf, 'utf8')).replaceAll('\n', '\r\n'),
    );
    const { '2026-09': partition } = await collect(sourceOf(dir.path));
    expect(partition.ending).toMatchObject({ rowsRead: 3, problems: [] });
    expect(partition.resources.map(({ resourceId }) => resourceId)).toEqual([
      '',
      line.ResourceId,
    ]);
  });

  it('reads files of different versions and formats together', async () => {
    dir.clear();
    await writeLines(dir.path, 'old.csv', [line]);
    await writeLines(
      dir.path,
      'new.parquet',
      [{ ...line, ProviderName: undefined, ServiceProviderName: 'AWS' }],
      { BilledCost: 'BilledCost::DOUBLE', Tags: "MAP {'team': 'shop'}" },
    );
    const { '2026-09': partition } = await collect(sourceOf(dir.path));
    expect(partition.rows.reduce((sum, row) => sum + row.billedNanos, 0n)).toBe(
      3_000_000_000n,
    );
    expect(partition.resources).toHaveLength(1);
    expect(partition.services).toHaveLength(1);
  });

  it('reads files whose names would mean something to DuckDB or SQL', async () => {
    dir.clear();
    const name = "it's; DROP [a-z]*?{x}.csv";
    await writeLines(dir.path, name, [line]);
    const { '2026-09': partition } = await collect(
      sourceOf(path.join(dir.path, name)),
    );
    expect(partition.rows).toHaveLength(1);
  });
});

describe('late data and restated months', () => {
  it('reads again the month whose files changed, and only that', async () => {
    dir.clear();
    const august = {
      ...line,
      BillingPeriodStart: '2026-08-01',
      ChargePeriodStart: '2026-08-05',
    };
    await writeLines(dir.path, 'BILLING_PERIOD=2026-08/a.csv', [august]);
    await writeLines(dir.path, 'BILLING_PERIOD=2026-09/a.csv', [line]);
    const first = await collect(sourceOf(dir.path));
    const published = new Map(
      Object.values(first).map(({ ending }) => [
        ending.partition,
        ending.type === 'complete' ? ending.fingerprint : '',
      ]),
    );

    await writeLines(dir.path, 'BILLING_PERIOD=2026-08/a.csv', [
      august,
      { ...august, BilledCost: '0.25' },
    ]);
    const second = await collect(sourceOf(dir.path), { published });
    expect(second['2026-08'].ending).toMatchObject({
      type: 'complete',
      totals: [{ billed: '1.75' }],
    });
    expect(second['2026-09'].ending.type).toBe('unchanged');
  });

  it('counts lines of another billing period with their folder, and says so', async () => {
    dir.clear();
    await writeLines(dir.path, 'BILLING_PERIOD=2026-08/a.csv', [line]);
    const { '2026-08': partition } = await collect(sourceOf(dir.path));
    expect(partition.ending).toMatchObject({
      type: 'complete',
      totals: [{ billed: '1.5' }],
      problems: [{ severity: 'warning', column: 'BillingPeriodStart' }],
    });
  });

  it('tells the months of a flat file by its lines and does not read it twice', async () => {
    dir.clear();
    await writeLines(dir.path, 'all.csv', [
      { ...line, BillingPeriodStart: '2026-07-01' },
      line,
    ]);
    const first = await collect(sourceOf(dir.path));
    expect(Object.keys(first)).toEqual(['2026-07', '2026-09']);
    const published = new Map(
      Object.entries(first).map(([month, { ending }]) => [
        month,
        ending.type === 'complete' ? ending.fingerprint : '',
      ]),
    );
    const second = await collect(sourceOf(dir.path), { published });
    expect(Object.values(second).map(({ ending }) => ending.type)).toEqual([
      'unchanged',
      'unchanged',
    ]);
    published.delete('2026-07');
    const third = await collect(sourceOf(dir.path), { published });
    expect(Object.values(third).map(({ ending }) => ending.type)).toEqual([
      'complete',
      'unchanged',
    ]);
  });
});
