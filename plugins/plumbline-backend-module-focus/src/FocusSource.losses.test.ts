import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { promises as fs } from 'node:fs';
import {
  collect,
  line,
  sourceOf,
  writeLines,
  type Partition,
} from './__testUtils__/fixtures';

const dir = createMockDirectory();
const march = {
  ...line,
  BillingPeriodStart: '2026-03-01',
  ChargePeriodStart: '2026-03-05',
};

function publishedOf(partitions: Record<string, Partition>) {
  return new Map(
    Object.entries(partitions).map(([month, { ending }]) => [
      month,
      ending.type === 'complete' ? ending.fingerprint : '',
    ]),
  );
}

beforeEach(() => dir.clear());

it('warns where a month shrank to less than half', async () => {
  const names = ['a', 'b', 'c'].map(name => `2026-09/${name}.csv`);
  for (const name of names) {
    await writeLines(dir.path, name, [line]);
  }
  const published = publishedOf(await collect(sourceOf(dir.path)));
  await fs.rm(dir.resolve(names[0]));
  const less = await collect(sourceOf(dir.path), { published });
  expect(less['2026-09'].ending).toMatchObject({ problems: [] });
  await fs.rm(dir.resolve(names[1]));
  const least = await collect(sourceOf(dir.path), { published });
  expect(least['2026-09'].ending).toMatchObject({
    type: 'complete',
    problems: [
      {
        severity: 'warning',
        partition: '2026-09',
        message: expect.stringMatching(/1 file of \d+ bytes, after 3 files/),
      },
    ],
  });
});

it.each([
  ['a folder a month', '2026-03/a.csv', '2026-09/a.csv'],
  ['flat files', 'march.csv', 'september.csv'],
])('tells of a month that vanished from %s', async (_, first, second) => {
  await writeLines(dir.path, first, [march, march, march]);
  await writeLines(dir.path, second, [line]);
  const published = publishedOf(await collect(sourceOf(dir.path)));
  await fs.rm(dir.resolve(first));
  await writeLines(dir.path, second, Array(6).fill(line));
  const later = await collect(sourceOf(dir.path), { published });
  expect(Object.keys(later)).toEqual(['2026-09']);
  expect(later['2026-09'].ending).toMatchObject({
    problems: [
      {
        severity: 'warning',
        partition: '2026-03',
        message: expect.stringContaining('no longer in the export'),
      },
    ],
  });
});

it('logs that a month vanished where nothing else changed', async () => {
  await writeLines(dir.path, '2026-09/a.csv', [line]);
  const published = publishedOf(await collect(sourceOf(dir.path)));
  published.set('2026-03', 'gone').set('2025-12', 'before the window');
  const logger = mockServices.logger.mock();
  await collect(sourceOf(dir.path), { published, logger });
  expect(logger.warn.mock.calls).toEqual([
    [expect.stringContaining('2026-03 is no longer in the export')],
  ]);
});
