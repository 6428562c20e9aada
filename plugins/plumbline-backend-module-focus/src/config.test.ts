import { ConfigReader } from '@backstage/config';
import { readFocusExports } from './config';

const read = (...exports: object[]) =>
  readFocusExports(
    new ConfigReader({ plumbline: { focus: { exports } } } as never),
  );

it('has no exports where none are configured', () => {
  expect(readFocusExports(new ConfigReader({}))).toEqual([]);
});

it('fills in what is usual', () => {
  expect(read({ name: 'aws', path: './bills' })).toEqual([
    {
      name: 'aws',
      title: 'Billing export aws',
      location: { path: './bills' },
      schedule: { frequency: { hours: 6 }, timeout: { hours: 2 } },
      restatedMonths: 3,
      limits: { memory: '512MB', threads: 2, temporaryDirectory: undefined },
    },
  ]);
});

it('takes what is said', () => {
  const s3 = { bucket: 'b', prefix: 'p', region: 'eu-west-1', accountId: '1' };
  expect(
    read({
      name: 'aws',
      title: 'The bill',
      s3,
      schedule: { frequency: { minutes: 5 }, timeout: { minutes: 1 } },
      restatedMonths: 0,
      limits: { memory: '1GB', threads: 1, temporaryDirectory: '/t' },
    }),
  ).toMatchObject([
    {
      title: 'The bill',
      location: { s3 },
      schedule: { frequency: { minutes: 5 } },
      restatedMonths: 0,
      limits: { memory: '1GB', threads: 1, temporaryDirectory: '/t' },
    },
  ]);
});

it.each([
  [
    'two exports are called',
    [
      { name: 'a', path: 'x' },
      { name: 'a', path: 'y' },
    ],
  ],
  ["either 'path' or 's3'", [{ name: 'a' }]],
  ["either 'path' or 's3'", [{ name: 'a', path: 'x', s3: { bucket: 'b' } }]],
  ['lower-case letters', [{ name: 'A b', path: 'x' }]],
  ['not an amount', [{ name: 'a', path: 'x', limits: { memory: "1'; DROP" } }]],
  ['not a whole number', [{ name: 'a', path: 'x', limits: { threads: 0 } }]],
])('refuses: %s', (message, exports) => {
  expect(() => read(...exports)).toThrow(message);
});
