import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { UsageBatch } from '@plumbline/backstage-plugin-plumbline-node';
import { usageSourceConformance } from '@plumbline/backstage-plugin-plumbline-node/testUtils';
import { readCsvConfigs } from '../config';
import { CsvSource } from './CsvSource';

const header = 'date,entity,metric,value\n';
const shop = 'component:default/shop';

async function sourceOf(text: string) {
  const path = join(await mkdtemp(join(tmpdir(), 'metrics-')), 'orders.csv');
  await writeFile(path, text);
  const [config] = readCsvConfigs(
    new ConfigReader({
      plumbline: { metrics: { csv: [{ name: 'orders', path }] } },
    }),
  );
  return {
    path,
    source: CsvSource.create({
      config,
      urlReader: mockServices.urlReader.mock(),
      now: () => new Date('2026-09-03T10:00:00Z'),
    }),
  };
}

async function collect(
  source: CsvSource,
  published: ReadonlyMap<string, string> = new Map(),
): Promise<UsageBatch[]> {
  const batches: UsageBatch[] = [];
  for await (const batch of source.collect({
    window: { from: '2026-07', to: '2026-09' },
    published,
    budget: { remaining: 0, spend: async () => {} },
    signal: new AbortController().signal,
    logger: mockServices.logger.mock(),
  })) {
    batches.push(batch);
  }
  return batches;
}

it.each(
  usageSourceConformance(async () => ({
    source: (
      await sourceOf(
        `${header}2026-07-01,${shop},orders,5\n2026-08-31,${shop},orders,6.5\n`,
      )
    ).source,
    window: { from: '2026-07', to: '2026-09' },
  })),
)('$rule', async ({ check }) => {
  await expect(check()).resolves.toBeUndefined();
});

it('reads columns in any order; the day that is not over is not complete', async () => {
  const { source } = await sourceOf(
    `\ufeffValue,Date,Metric,Entity,Note\n7,2026-09-02,orders,Component:Shop,x\n8,2026-09-03,orders,${shop}\n`,
  );
  expect(source.id).toBe('csv:orders');
  const batches = await collect(source);
  expect(batches).toMatchObject([
    { type: 'partition', partition: '2026-09' },
    {
      type: 'rows',
      rows: [{ entityRef: shop, metric: 'orders', value: '7' }, { value: '8' }],
    },
    { type: 'complete', dataThrough: 20_698, rowsRead: 2 },
  ]);
});

it('names row and column of what is wrong, and takes the other months', async () => {
  const { source, path } = await sourceOf(
    `${header}2026-07-01,${shop},orders,many\n2026-07-02,shop,orders,1\n2026-07-03,${shop},my orders,1\n2026-07-04,${shop},orders,1\n2026-07-04,${shop},orders,1\n2026-08-01,${shop},orders,1\n`,
  );
  const batches = await collect(source);
  expect(batches).toMatchObject([
    {
      type: 'failed',
      partition: '2026-07',
      problems: [
        {
          row: 2,
          column: 'value',
          message: `${path}, row 2, column value: 'many' is no plain decimal number from 0 up, such as 1200 or 0.5`,
        },
        { row: 3, column: 'entity' },
        { row: 4, column: 'metric' },
        {
          row: 6,
          message: `${path}, row 6, column value: row 5 has a value of the same day already`,
        },
      ],
    },
    { type: 'partition', partition: '2026-08' },
    { type: 'rows' },
    { type: 'complete' },
  ]);
});

it.each([
  ['2026-02-30,x,y,1', "row 2, column date: '2026-02-30' is no day"],
  ['1.7.2026,x,y,1', "row 2, column date: '1.7.2026' is no day"],
])('refuses a file with %s', async (line, message) => {
  const { source } = await sourceOf(`${header}${line}\n`);
  await expect(collect(source)).rejects.toThrow(message);
});

it('refuses a file without a column, and one that is not there', async () => {
  const { source } = await sourceOf('date,entity,value\n');
  await expect(collect(source)).rejects.toThrow(
    "row 1: there is no column 'metric'; the columns are date,entity,metric,value",
  );
  const [config] = readCsvConfigs(
    new ConfigReader({
      plumbline: { metrics: { csv: [{ name: 'x', path: '/nowhere.csv' }] } },
    }),
  );
  await expect(
    collect(
      CsvSource.create({ config, urlReader: mockServices.urlReader.mock() }),
    ),
  ).rejects.toThrow('ENOENT');
});

it('empties a month that the file has no more', async () => {
  const { source } = await sourceOf(`${header}2026-08-01,${shop},orders,1\n`);
  expect(await collect(source, new Map([['2026-07', 'before']]))).toMatchObject(
    [
      { type: 'partition', partition: '2026-07' },
      { type: 'complete', rowsRead: 0 },
      { type: 'partition', partition: '2026-08' },
      { type: 'rows' },
      { type: 'complete' },
    ],
  );
});
