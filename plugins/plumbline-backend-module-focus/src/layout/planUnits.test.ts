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
) {
  const units = await planUnits(files, async file =>
    typeof manifests[file.name] === 'string'
      ? String(manifests[file.name])
      : JSON.stringify(manifests[file.name]),
  );
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

  it('adds two exports up that lie in one place', async () => {
    const [unit] = await plan([
      at('aws/data/BILLING_PERIOD=2026-09/a.parquet'),
      at('azure/20260901-20260930/run/part_0.csv'),
    ]);
    expect(unit.files).toHaveLength(2);
  });
});
