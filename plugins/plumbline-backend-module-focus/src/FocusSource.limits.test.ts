import { createMockDirectory } from '@backstage/backend-test-utils';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  collect,
  csv,
  line,
  sourceOf,
  writeLines,
} from './__testUtils__/fixtures';

const dir = createMockDirectory();
const temporary = createMockDirectory();

beforeEach(() => {
  dir.clear();
  temporary.clear();
});

async function september(maxBytes?: number) {
  const { '2026-09': partition } = await collect(
    sourceOf(dir.path, {
      limits: {
        memory: '512MB',
        threads: 2,
        temporaryDirectory: temporary.path,
        maxBytes,
      },
    }),
  );
  return partition.ending;
}

it('fails a month whose files are larger than the limit', async () => {
  await writeLines(dir.path, '2026-09/a.csv', [line]);
  const { size } = await fs.stat(dir.resolve('2026-09/a.csv'));
  expect(await september(size)).toMatchObject({ type: 'complete' });
  expect(await september(size - 1)).toMatchObject({
    type: 'failed',
    problems: [{ message: expect.stringContaining("Raise 'limits.maxBytes'") }],
  });
});

it('fails a month whose file is small until it is inflated', async () => {
  const text = csv(Array.from({ length: 5_000 }, () => line));
  await fs.mkdir(dir.resolve('2026-09'));
  await fs.writeFile(dir.resolve('2026-09/a.csv.gz'), gzipSync(text));
  expect(await september(text.length)).toMatchObject({ type: 'complete' });
  expect(await september(text.length - 1)).toMatchObject({
    type: 'failed',
    problems: [
      {
        file: '2026-09/a.csv.gz',
        message: expect.stringContaining('inflated'),
      },
    ],
  });
  expect(await fs.readdir(temporary.path)).toEqual([]);
});

it('still says where a file breaks off that might be too large', async () => {
  const whole = gzipSync(csv(Array.from({ length: 5_000 }, () => line)));
  await fs.mkdir(dir.resolve('2026-09'));
  await fs.writeFile(
    dir.resolve('2026-09/a.csv.gz'),
    whole.subarray(0, whole.length / 2),
  );
  expect(await september(5_000_000)).toMatchObject({
    type: 'failed',
    problems: [{ message: expect.stringContaining('cannot be read as CSV') }],
  });
});

it('removes what killed processes left, once it is a day old', async () => {
  await writeLines(dir.path, '2026-09/a.csv', [line]);
  for (const name of ['plumbline-focus-old', 'plumbline-focus-new', 'other']) {
    await fs.mkdir(temporary.resolve(name));
    await fs.writeFile(temporary.resolve(path.join(name, 'file-0.csv')), 'a');
  }
  const long = new Date(Date.now() - 25 * 3_600_000);
  await fs.utimes(temporary.resolve('plumbline-focus-old'), long, long);
  await fs.utimes(temporary.resolve('other'), long, long);
  await september();
  expect((await fs.readdir(temporary.path)).sort()).toEqual([
    'other',
    'plumbline-focus-new',
  ]);
});
