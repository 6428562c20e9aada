import { createMockDirectory } from '@backstage/backend-test-utils';
import { costSourceConformance } from '@plumbline/backstage-plugin-plumbline-node/testUtils';
import { promises as fs } from 'node:fs';
import { startFakeS3, type FakeS3 } from '../__testUtils__/fakeS3';
import {
  collect,
  contextOf,
  csv,
  line,
  sourceOf,
  type Line,
} from '../__testUtils__/fixtures';
import { S3Storage } from './S3Storage';

const temporary = createMockDirectory();
const limits = {
  memory: '512MB',
  threads: 2,
  temporaryDirectory: temporary.path,
};
let s3: FakeS3;

beforeEach(async () => {
  temporary.clear();
  s3 = await startFakeS3();
});

afterEach(async () => {
  await s3.close();
  // Whatever happened, nothing is left of the download.
  const left = await fs.readdir(temporary.path);
  if (left.length > 0) {
    throw new Error(`A test left ${left} behind`);
  }
});

function put(key: string, lines: Line[] = [line]) {
  s3.objects.set(key, Buffer.from(csv(lines)));
}

function source(
  options: { bucket?: string; accountId?: string; idleMs?: number } = {},
) {
  const asked: Array<string | undefined> = [];
  const storage = S3Storage.create({
    bucket: 'bills',
    prefix: 'exports/focus',
    region: 'eu-west-1',
    endpoint: s3.endpoint,
    credentials: {
      getCredentialProvider: async request => {
        asked.push(request?.accountId);
        return {
          sdkCredentialProvider: async () => ({
            accessKeyId: 'id',
            secretAccessKey: 'key',
          }),
        };
      },
    },
    ...options,
  });
  return { ...options, asked, focus: sourceOf(storage, { limits }) };
}

const AUGUST = 'exports/focus/data/BILLING_PERIOD=2026-08/a.csv';
const SEPTEMBER = 'exports/focus/data/BILLING_PERIOD=2026-09/a.csv';
const august = {
  ...line,
  BillingPeriodStart: '2026-08-01',
  ChargePeriodStart: '2026-08-03',
};

it('reads page after page, and nothing beside its prefix', async () => {
  put(AUGUST, [august]);
  put(SEPTEMBER);
  put(SEPTEMBER.replace('a.csv', 'b & c.csv'));
  put('exports/focus-old/data/BILLING_PERIOD=2026-07/a.csv');
  const partitions = await collect(source().focus);
  expect(Object.keys(partitions)).toEqual(['2026-08', '2026-09']);
  expect(partitions['2026-09'].rows).toMatchObject([
    { billedNanos: 3_000_000_000n },
  ]);
  expect(s3.requests.filter(request => request.startsWith('LIST'))).toEqual([
    'LIST exports/focus/',
    'LIST exports/focus/',
  ]);
});

it('downloads only the months that changed', async () => {
  put(AUGUST, [august]);
  put(SEPTEMBER);
  const first = await collect(source().focus);
  const published = new Map(
    Object.values(first).map(({ ending }) => [
      ending.partition,
      ending.type === 'complete' ? ending.fingerprint : '',
    ]),
  );
  put(SEPTEMBER, [line, line]);
  s3.requests.length = 0;
  const second = await collect(source().focus, { published });
  expect(second['2026-08'].ending.type).toBe('unchanged');
  expect(second['2026-09'].ending.type).toBe('complete');
  expect(s3.requests).toEqual(['LIST exports/focus/', `GET ${SEPTEMBER}`]);
});

it('uses the credentials of the account that the configuration names', async () => {
  put(SEPTEMBER);
  const { focus, asked } = source({ accountId: '111111111111' });
  await collect(focus);
  expect(asked).toEqual(['111111111111']);
});

it('ends the run, naming the right, where it may not list', async () => {
  put(SEPTEMBER);
  s3.denied.add('list');
  await expect(collect(source().focus)).rejects.toMatchObject({
    name: 'NotAllowedError',
    missingRight: 's3:ListBucket',
    message: expect.stringContaining('s3:ListBucket'),
  });
});

it.each([
  ['AccessDenied', 's3:GetObject', 'the right s3:GetObject is missing'],
  ['InvalidObjectState', undefined, 'is an archived object'],
  ['ExpiredToken', undefined, 'does not accept the credentials'],
])(
  'fails the month whose object S3 refuses with %s, and reads the next ones',
  async (code, missingRight, message) => {
    put(AUGUST, [august]);
    put(SEPTEMBER);
    s3.refused.set(AUGUST, code);
    const partitions = await collect(source().focus);
    expect(partitions['2026-08'].ending).toMatchObject({
      type: 'failed',
      problems: [
        {
          severity: 'error',
          partition: '2026-08',
          file: 'data/BILLING_PERIOD=2026-08/a.csv',
          missingRight,
          message: expect.stringContaining(message),
        },
      ],
    });
    expect(partitions['2026-09'].ending.type).toBe('complete');
  },
);

it('fails the month whose manifest it may not read', async () => {
  put(AUGUST, [august]);
  put(SEPTEMBER);
  const manifest =
    'exports/focus/metadata/BILLING_PERIOD=2026-08/Manifest.json';
  s3.objects.set(manifest, Buffer.from('{}'));
  s3.refused.set(manifest, 'AccessDenied');
  const partitions = await collect(source().focus);
  expect(partitions['2026-08'].ending).toMatchObject({
    type: 'failed',
    problems: [{ missingRight: 's3:GetObject' }],
  });
  expect(partitions['2026-09'].ending.type).toBe('complete');
});

it('fetches no more of an object than was listed', async () => {
  put(SEPTEMBER);
  s3.understates = 1;
  const { '2026-09': partition } = await collect(source().focus);
  expect(partition.ending).toMatchObject({
    type: 'failed',
    problems: [{ message: expect.stringContaining('larger than S3 listed') }],
  });
});

it('does not take half a list for the whole', async () => {
  put(AUGUST, [august]);
  put(SEPTEMBER);
  put(SEPTEMBER.replace('a.csv', 'b.csv'));
  s3.repeatsToken = true;
  await expect(collect(source().focus)).rejects.toThrow(/repeats a page/);
});

it('says that there is no such bucket', async () => {
  await expect(collect(source({ bucket: 'bill' }).focus)).rejects.toThrow(
    "There is no bucket 'bill'",
  );
});

it.each([
  ['changed', () => put(SEPTEMBER, [line, line])],
  ['vanished', () => s3.objects.delete(SEPTEMBER)],
])('fails a month whose object %s since it was listed', async (word, act) => {
  put(AUGUST, [august]);
  put(SEPTEMBER);
  s3.beforeGet = key => key === SEPTEMBER && act();
  const partitions = await collect(source().focus);
  expect(partitions['2026-08'].ending.type).toBe('complete');
  expect(partitions['2026-09'].ending).toMatchObject({
    type: 'failed',
    problems: [
      {
        file: 'data/BILLING_PERIOD=2026-09/a.csv',
        message: expect.stringContaining(`${word} while it was read`),
      },
    ],
  });
});

it('gives a download up when aborted', async () => {
  put(SEPTEMBER);
  s3.stall = true;
  const abort = new AbortController();
  const reading = source().focus.collect(contextOf({ signal: abort.signal }));
  const started = Date.now();
  setTimeout(() => abort.abort(new Error('time is up')), 200);
  await expect(reading.next()).rejects.toThrow();
  expect(Date.now() - started).toBeLessThan(2_000);
});

it('gives a download up that does not go on', async () => {
  put(SEPTEMBER);
  s3.stall = true;
  const started = Date.now();
  await expect(collect(source({ idleMs: 300 }).focus)).rejects.toThrow();
  expect(Date.now() - started).toBeLessThan(5_000);
});

describe('as a cost source', () => {
  it.each(
    costSourceConformance(async () => {
      put(AUGUST, [august]);
      put(SEPTEMBER);
      return {
        source: source().focus,
        window: { from: '2026-08', to: '2026-09' },
      };
    }),
  )('$rule', async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});
