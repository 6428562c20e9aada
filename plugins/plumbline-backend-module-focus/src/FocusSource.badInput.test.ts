import { createMockDirectory } from '@backstage/backend-test-utils';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { LocalStorage } from './storage/LocalStorage';
import type { ExportStorage } from './storage/ExportStorage';
import {
  collect,
  contextOf,
  line,
  sourceOf,
  writeLines,
} from './__testUtils__/fixtures';

const dir = createMockDirectory();
const outside = createMockDirectory();
const march = {
  ...line,
  BillingPeriodStart: '2026-03-01',
  ChargePeriodStart: '2026-03-05',
};
const GOOD = 'BILLING_PERIOD=2026-03/good.csv';
const BAD = 'BILLING_PERIOD=2026-09/bad';

beforeEach(async () => {
  dir.clear();
  await writeLines(dir.path, GOOD, [march]);
});

/** The one problem of September, after making sure that March was read all the same. */
async function problemOf(place: string | ExportStorage = dir.path) {
  const { '2026-03': good, '2026-09': bad } = await collect(sourceOf(place));
  expect(good.ending.type).toBe('complete');
  expect(bad.rows).toEqual([]);
  expect(bad.ending).toMatchObject({
    type: 'failed',
    problems: [{ severity: 'error', partition: '2026-09' }],
  });
  return bad.ending.type === 'failed' ? bad.ending.problems[0] : undefined;
}

it('names the columns that are missing, with the file', async () => {
  await writeLines(dir.path, `${BAD}.parquet`, [
    { ...line, EffectiveCost: undefined, ProviderName: undefined },
  ]);
  expect(await problemOf()).toMatchObject({
    file: `${BAD}.parquet`,
    column: 'EffectiveCost',
    message: expect.stringContaining(
      'no column EffectiveCost, ServiceProviderName or ProviderName',
    ),
  });
});

it.each([
  ['BilledCost', 'N/A', "BilledCost is 'N/A' where a number"],
  ['BilledCost', '', 'BilledCost is empty where a number'],
  ['EffectiveCost', '1,5', "EffectiveCost is '1,5' where a number"],
  [
    'ChargePeriodStart',
    'yesterday',
    "ChargePeriodStart is 'yesterday' where a time",
  ],
  ['BillingPeriodStart', '', 'BillingPeriodStart is empty where a time'],
  ['BillingCurrency', '$', "BillingCurrency is '$' where a currency"],
])(
  'names file, row and column of %s that is %p',
  async (column, value, message) => {
    for (const name of [`${BAD}.csv`, `${BAD}.csv.gz`, `${BAD}.parquet`]) {
      await fs.rm(path.join(dir.path, 'BILLING_PERIOD=2026-09'), {
        recursive: true,
        force: true,
      });
      await writeLines(dir.path, name, [
        line,
        line,
        { ...line, [column]: value },
      ]);
      expect(await problemOf()).toMatchObject({
        file: name,
        row: 3,
        column,
        message: expect.stringContaining(message),
      });
    }
  },
);

it('refuses a cost that is no number in a column of numbers', async () => {
  await writeLines(dir.path, `${BAD}.parquet`, [line, line], {
    BilledCost: "'NaN'::DOUBLE",
  });
  expect(await problemOf()).toMatchObject({ row: 1, column: 'BilledCost' });
});

it('shows no more than the beginning of what is wrong', async () => {
  const secret = 'x'.repeat(10_000);
  await writeLines(dir.path, `${BAD}.csv`, [{ ...line, BilledCost: secret }]);
  const problem = await problemOf();
  expect(problem?.message.length).toBeLessThan(200);
});

it('finds the one bad file among many', async () => {
  await writeLines(dir.path, 'BILLING_PERIOD=2026-09/a.csv', [line]);
  await writeLines(dir.path, `${BAD}.csv`, [
    line,
    { ...line, BilledCost: 'x' },
  ]);
  await writeLines(dir.path, 'BILLING_PERIOD=2026-09/z.csv', [line]);
  expect(await problemOf()).toMatchObject({ file: `${BAD}.csv`, row: 2 });
});

it.each([0.2, 0.5, 0.95])('names a Parquet file cut at %p', async part => {
  const file = await writeLines(
    dir.path,
    `${BAD}.parquet`,
    Array.from({ length: 2_000 }, (_, i) => ({ ...line, ResourceId: `r${i}` })),
  );
  const whole = await fs.readFile(file);
  await fs.writeFile(file, whole.subarray(0, whole.length * part));
  expect(await problemOf()).toMatchObject({
    file: `${BAD}.parquet`,
    message: expect.stringMatching(/cannot be read as Parquet/),
  });
});

it('names the row of a CSV file that breaks off', async () => {
  const file = await writeLines(dir.path, `${BAD}.csv`, [line, line, line]);
  const whole = await fs.readFile(file, 'utf8');
  await fs.writeFile(file, whole.slice(0, whole.lastIndexOf('","')));
  expect(await problemOf()).toMatchObject({ file: `${BAD}.csv`, row: 3 });
});

it('names a gzip file that breaks off', async () => {
  const file = await writeLines(
    dir.path,
    `${BAD}.csv.gz`,
    Array.from({ length: 2_000 }, (_, i) => ({ ...line, ResourceId: `r${i}` })),
  );
  const whole = await fs.readFile(file);
  await fs.writeFile(file, whole.subarray(0, whole.length / 2));
  expect(await problemOf()).toMatchObject({ file: `${BAD}.csv.gz` });
});

it('names an empty file', async () => {
  await fs.mkdir(path.dirname(path.join(dir.path, BAD)), { recursive: true });
  await fs.writeFile(path.join(dir.path, `${BAD}.csv`), '');
  expect(await problemOf()).toMatchObject({
    file: `${BAD}.csv`,
    message: expect.stringContaining('is empty'),
  });
});

it('takes a file with a header only as a month without charges', async () => {
  const file = await writeLines(dir.path, `${BAD}.csv`, [line]);
  const text = await fs.readFile(file, 'utf8');
  await fs.writeFile(file, `${text.split('\n')[0]}\n`);
  const { '2026-09': partition } = await collect(sourceOf(dir.path));
  expect(partition.ending).toMatchObject({
    type: 'complete',
    totals: [],
    rowsRead: 0,
    dataThrough: undefined,
  });
});

it.each([
  ['changes', 'changed', (file: string) => fs.appendFile(file, '\n')],
  ['vanishes', 'vanished', (file: string) => fs.rm(file)],
])('fails a month whose file %s while it is read', async (_, word, act) => {
  const file = await writeLines(dir.path, `${BAD}.csv`, [line]);
  const local = LocalStorage.create({ path: dir.path });
  const storage: ExportStorage = {
    location: local.location,
    list: signal => local.list(signal),
    readText: item => local.readText(item),
    verify: item => local.verify(item),
    stage: async (item, target) => {
      await local.stage(item, target);
      if (item.name === `${BAD}.csv`) {
        await act(file);
      }
    },
  };
  expect(await problemOf(storage)).toMatchObject({
    file: `${BAD}.csv`,
    message: expect.stringContaining(`${word} while it was read`),
  });
});

it('refuses what cannot be kept exactly', async () => {
  await writeLines(dir.path, `${BAD}.csv`, [
    { ...line, BilledCost: '9300000000' },
  ]);
  expect(await problemOf()).toMatchObject({
    message: expect.stringContaining('more than can be kept exactly'),
  });
});

it('refuses a day far from its billing month', async () => {
  await writeLines(dir.path, `${BAD}.csv`, [
    { ...line, ChargePeriodStart: '1970-01-01' },
  ]);
  expect(await problemOf()).toMatchObject({ column: 'ChargePeriodStart' });
});

it('fails what is live of flat files that cannot be read, else the newest month', async () => {
  dir.clear();
  await writeLines(dir.path, 'all.csv', [{ ...line, BilledCost: 'x' }]);
  const first = await collect(sourceOf(dir.path));
  expect(Object.keys(first)).toEqual(['2026-12']);
  const published = new Map([
    ['2026-08', 'a'],
    ['2026-09', 'b'],
  ]);
  const second = await collect(sourceOf(dir.path), { published });
  expect(Object.keys(second)).toEqual(['2026-08', '2026-09']);
  const rest = await collect(sourceOf(dir.path), {
    published,
    cursor: '2026-08',
  });
  expect(Object.keys(rest)).toEqual(['2026-09']);
  const none = await collect(sourceOf(dir.path), { cursor: '2026-12' });
  expect(none).toEqual({});
  expect(second['2026-08'].ending).toMatchObject({
    type: 'failed',
    problems: [{ file: 'all.csv', row: 1, column: 'BilledCost' }],
  });
});

it('says that there is no such directory, or nothing in it', async () => {
  await expect(collect(sourceOf(`${dir.path}/nowhere`))).rejects.toThrow(
    /There is no .*nowhere\. Check 'path'/,
  );
  dir.clear();
  await expect(collect(sourceOf(dir.path))).rejects.toThrow(
    /No \.parquet, \.csv/,
  );
});

it('says that a directory may not be read', async () => {
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
  const spy = jest.spyOn(fs, 'readdir').mockRejectedValue(denied);
  try {
    await expect(collect(sourceOf(dir.path))).rejects.toMatchObject({
      name: 'NotAllowedError',
      missingRight: 'read',
      problems: [{ severity: 'error', missingRight: 'read' }],
    });
  } finally {
    spy.mockRestore();
  }
});

it.each([`${BAD}.csv`, 'BILLING_PERIOD=2026-09/manifest.json'])(
  'fails the month whose %s may not be read, and no other',
  async file => {
    await writeLines(dir.path, `${BAD}.csv`, [line]);
    await fs.writeFile(
      path.join(dir.path, 'BILLING_PERIOD=2026-09/manifest.json'),
      '{}',
    );
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
    const access = fs.access;
    const spy = jest
      .spyOn(fs, 'access')
      .mockImplementation(async (place, mode) =>
        String(place).endsWith(file)
          ? Promise.reject(denied)
          : access(place, mode),
      );
    try {
      expect(await problemOf()).toMatchObject({ file, missingRight: 'read' });
    } finally {
      spy.mockRestore();
    }
  },
);

it('does not follow links out of the export', async () => {
  outside.clear();
  const elsewhere = outside.path;
  await writeLines(elsewhere, 'secret.csv', [line]);
  await fs.mkdir(path.join(dir.path, 'BILLING_PERIOD=2026-09'));
  await fs.symlink(
    path.join(elsewhere, 'secret.csv'),
    path.join(dir.path, `${BAD}.csv`),
  );
  expect(Object.keys(await collect(sourceOf(dir.path)))).toEqual(['2026-03']);
});

it('leaves nothing behind, whatever happened', async () => {
  const temporary = path.join(outside.path, 'tmp');
  await fs.mkdir(temporary, { recursive: true });
  const limits = { memory: '512MB', threads: 2, temporaryDirectory: temporary };
  await writeLines(dir.path, `${BAD}.csv`, [{ ...line, BilledCost: 'x' }]);
  await collect(sourceOf(dir.path, { limits }));
  for await (const _ of sourceOf(dir.path, { limits }).collect(contextOf())) {
    break;
  }
  expect(await fs.readdir(temporary)).toEqual([]);
});
