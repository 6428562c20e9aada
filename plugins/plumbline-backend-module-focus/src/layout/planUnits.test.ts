import type { ExportFile } from '../storage/ExportStorage';
import { planUnits } from './planUnits';

const at = (name: string, hour = 0): ExportFile => ({
  name,
  size: 1,
  modified: new Date(Date.UTC(2026, 8, 20, hour)),
  version: '1',
});

async function plan(
  files: ExportFile[],
  manifests: Record<string, unknown> = {},
  now = new Date('2026-09-21T00:00:00Z'),
) {
  const readText = async ({ name }: ExportFile) =>
    typeof manifests[name] === 'string'
      ? String(manifests[name])
      : JSON.stringify(manifests[name]);
  const units = await planUnits(files, readText, now);
  return units.map(({ month, files: taken, problems }) => ({
    month,
    files: taken.map(({ name }) => name).sort(),
    problems: problems.map(
      ({ severity, message }) => `${severity}: ${message}`,
    ),
  }));
}

it('makes a unit of each month that folders tell', async () => {
  expect(
    await plan(
      [
        at('data/BILLING_PERIOD=2026-09/focus-00002.snappy.parquet'),
        at('data/BILLING_PERIOD=2026-09/focus-00001.snappy.parquet'),
        at('data/BILLING_PERIOD=2026-08/focus-00001.snappy.parquet'),
        at('metadata/BILLING_PERIOD=2026-08/focus-Manifest.json'),
        at('data/_temporary/BILLING_PERIOD=2026-08/x.parquet'),
        at('readme.txt'),
      ],
      { 'metadata/BILLING_PERIOD=2026-08/focus-Manifest.json': {} },
    ),
  ).toEqual([
    {
      month: '2026-08',
      files: ['data/BILLING_PERIOD=2026-08/focus-00001.snappy.parquet'],
      problems: [],
    },
    {
      month: '2026-09',
      files: [
        'data/BILLING_PERIOD=2026-09/focus-00001.snappy.parquet',
        'data/BILLING_PERIOD=2026-09/focus-00002.snappy.parquet',
      ],
      problems: [],
    },
  ]);
});

it('makes one unit of all files where one of them tells no month', async () => {
  expect(await plan([at('2026-08/a.csv'), at('rest.csv.gz')])).toEqual([
    { month: undefined, files: ['2026-08/a.csv', 'rest.csv.gz'], problems: [] },
  ]);
});

describe('where each run makes a folder of its own', () => {
  const data = 'data/BILLING_PERIOD=2026-09';
  const meta = 'metadata/BILLING_PERIOD=2026-09';
  const [older, newer] = ['20260919T100000Z-aaa', '20260920T100000Z-000'];

  it('takes the newest run by its name', async () => {
    const [unit] = await plan([
      at(`${data}/${older}/a.parquet`, 20),
      at(`${data}/${newer}/a.parquet`, 1),
    ]);
    expect(unit.files).toEqual([`${data}/${newer}/a.parquet`]);
  });

  it('takes the newest run by its time where names say nothing', async () => {
    const [unit] = await plan([
      at('20260901-20260930/bbb/part_0.csv', 1),
      at('20260901-20260930/aaa/part_0.csv', 2),
    ]);
    expect(unit).toMatchObject({
      month: '2026-09',
      files: ['20260901-20260930/aaa/part_0.csv'],
    });
  });

  it('passes over a run that has no manifest yet', async () => {
    const manifest = `${meta}/${older}/x-Manifest.json`;
    const [unit] = await plan(
      [
        at(`${data}/${older}/a.parquet`),
        at(`${data}/${newer}/a.parquet`),
        at(manifest),
      ],
      {
        [manifest]: { dataFiles: [`s3://bills/x/${data}/${older}/a.parquet`] },
      },
    );
    expect(unit.files).toEqual([`${data}/${older}/a.parquet`]);
  });

  it('takes what the manifest lists, and misses what is not there', async () => {
    const manifest = `${meta}/x-Manifest.json`;
    const [unit] = await plan(
      [at(`${data}/a.parquet`), at(`${data}/left-over.parquet`), at(manifest)],
      { [manifest]: { dataFiles: ['s3://b/a.parquet', 's3://b/b.parquet'] } },
    );
    expect(unit.files).toEqual([`${data}/a.parquet`]);
    expect(unit.problems).toEqual([
      expect.stringMatching(/^error: .*lists 'b.parquet', which is not there/),
    ]);
  });

  it("reads Azure's manifest, and goes without one that is broken", async () => {
    const folder = '20260901-20260930/run';
    const files = [
      at(`${folder}/part_0.csv.gz`),
      at(`${folder}/part_1.csv.gz`),
      at(`${folder}/manifest.json`),
    ];
    const blobs = [{ blobName: `x/${folder}/part_1.csv.gz`, byteCount: 3 }];
    const [azure] = await plan(files, {
      [`${folder}/manifest.json`]: { blobs },
    });
    expect(azure.files).toEqual([`${folder}/part_1.csv.gz`]);

    const [broken] = await plan(files, { [`${folder}/manifest.json`]: '{' });
    expect(broken.files).toHaveLength(2);
    expect(broken.problems).toEqual([expect.stringMatching(/^warning: /)]);
  });

  it.each([
    ['', ['focus10/data', 'focus12/data'], []],
    ['also beside flat files', ['', 'focus12/data'], [at('rest.csv')]],
  ])('refuses two exports of one month %s', async (_, stems, more) => {
    const units = await plan([
      ...stems.map(stem =>
        at(`${stem ? `${stem}/` : ''}BILLING_PERIOD=2026-09/a.parquet`),
      ),
      ...more,
    ]);
    expect(units).toHaveLength(1);
    expect(units[0].problems).toEqual([
      expect.stringMatching(
        /^error: Both .* and 'focus12\/data' hold 2026-09.*'s3.prefix'/,
      ),
    ]);
  });
});

describe('where each delivery overwrites the last', () => {
  const data = 'data/BILLING_PERIOD=2026-09';
  const manifest = 'metadata/BILLING_PERIOD=2026-09/x-Manifest.json';
  const half = [
    at(`${data}/a.parquet`, 10),
    at(`${data}/b.parquet`, 8),
    at(manifest, 9),
  ];

  it('waits for the manifest that follows new files', async () => {
    const [unit] = await plan(half, { [manifest]: {} });
    expect(unit.problems).toEqual([
      expect.stringMatching(/^error: .*a.parquet' is newer than.*on its way/),
    ]);
    const [whole] = await plan([...half, at(manifest, 11)], { [manifest]: {} });
    expect(whole.problems).toEqual([]);
  });

  it('waits for a day at most', async () => {
    const [unit] = await plan(
      half,
      { [manifest]: {} },
      new Date('2026-09-21T10:00:01Z'),
    );
    expect(unit.problems).toEqual([
      expect.stringMatching(/^warning: .*nothing changed for a day/),
    ]);
  });

  it('does not mind files that the manifest does not list', async () => {
    const [unit] = await plan(half, {
      [manifest]: { dataFiles: ['s3://bills/b.parquet'] },
    });
    expect(unit.problems).toEqual([]);
  });
});
