import { createMockDirectory } from '@backstage/backend-test-utils';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  collect,
  line,
  sourceOf,
  writeLines,
  type Line,
} from './__testUtils__/fixtures';

const dir = createMockDirectory();
const on = (day: string): Line => ({
  ...line,
  BillingPeriodStart: `${day.slice(0, 7)}-01`,
  ChargePeriodStart: day,
});
const purchase = { ...on('2026-09-29'), ChargeCategory: 'Purchase' };

beforeEach(() => dir.clear());

async function write(name: string, days: Line[], at: string) {
  const file = await writeLines(dir.path, name, days);
  await fs.utimes(file, new Date(at), new Date(at));
}

/** Through when September's data go. */
async function through(): Promise<string | undefined> {
  const { '2026-09': partition } = await collect(sourceOf(dir.path));
  const { ending } = partition;
  return ending.type === 'complete' && ending.dataThrough !== undefined
    ? new Date(ending.dataThrough * 86_400_000).toISOString().slice(0, 10)
    : undefined;
}

it.each([
  ['had settled when it was written', '2026-09-14T12:00:00Z', '2026-09-12'],
  ['another followed, however long ago', '2026-10-20T12:00:00Z', '2026-09-13'],
])('goes through the last day that %s', async (_, at, expected) => {
  const lines = [on('2026-09-13'), on('2026-09-14'), purchase];
  await write('2026-09/export.csv', lines, at);
  expect(await through()).toBe(expected);
});

it('goes through the last day of a month, once it has settled', async () => {
  await write('2026-09/a.csv', [on('2026-09-30')], '2026-10-01T23:00:00Z');
  expect(await through()).toBe('2026-09-29');
  await write('2026-09/a.csv', [on('2026-09-30')], '2026-10-02T00:00:00Z');
  expect(await through()).toBe('2026-09-30');
});

it('goes through the newest day where flat files show usage after it', async () => {
  const lines = [on('2026-09-14'), on('2026-10-05')];
  await write('all.csv', lines, '2026-10-20T00:00:00Z');
  expect(await through()).toBe('2026-09-14');
});

const LATE = '2026-11-20T00:00:00Z';

it.each([
  ['focus-2026-09-14.csv', '2026-09-13'],
  ['data/BILLING_PERIOD=2026-09/20260914T100000Z-aa/a.csv', '2026-09-13'],
  // The day a name says is that of the data, or the month's, not that of writing.
  ['focus-2026-09-01.csv', '2026-09-13'],
  ['focus_20260901-20260930.csv', '2026-09-13'],
])(
  'takes a late copy called %s for as old as it is',
  async (name, expected) => {
    await write(name, [on('2026-09-13'), on('2026-09-14')], LATE);
    expect(await through()).toBe(expected);
  },
);

it('asks the name when the last day of a month was copied late', async () => {
  await write('focus-2026-09-30.csv', [on('2026-09-30')], LATE);
  expect(await through()).toBe('2026-09-29');
});

it("asks Azure's manifest when late copies were made", async () => {
  const folder = '20260901-20260930/3f2a';
  await write(`${folder}/part_0.csv`, [on('2026-09-30')], LATE);
  await fs.writeFile(
    path.join(dir.path, folder, 'manifest.json'),
    JSON.stringify({ runInfo: { submittedTime: '2026-09-30T12:00:00Z' } }),
  );
  expect(await through()).toBe('2026-09-28');
});
