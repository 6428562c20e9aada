import { ConfigReader } from '@backstage/config';
import { readCostExplorerConfig } from './config';

const read = (...costExplorer: object[]) =>
  readCostExplorerConfig(
    new ConfigReader({ plumbline: { costExplorer } } as never),
  );

const entry = { name: 'org', detailBy: { tag: 'service' } };

it('has no entries where none are configured', () => {
  expect(readCostExplorerConfig(new ConfigReader({}))).toEqual([]);
});

it('fills in what is usual', () => {
  expect(read(entry)).toEqual([
    {
      name: 'org',
      title: 'Cost Explorer org',
      region: 'us-east-1',
      detailBy: { type: 'tag', key: 'service' },
      maxDetailAccounts: 10,
      paidCallsPerDay: 30,
      schedule: { frequency: { hours: 24 }, timeout: { hours: 1 } },
      restatedMonths: 1,
    },
  ]);
});

it('takes what is said', () => {
  const said = {
    title: 'The organization',
    accountId: '111111111111',
    region: 'cn-northwest-1',
    endpoint: 'http://127.0.0.1:1',
    linkedAccounts: ['222222222222'],
    maxDetailAccounts: 0,
    paidCallsPerDay: 100,
    restatedMonths: 0,
  };
  expect(
    read({
      ...said,
      name: 'org',
      detailBy: { costCategory: 'Team' },
      schedule: { frequency: { cron: '0 4 * * *' }, timeout: { minutes: 5 } },
    }),
  ).toMatchObject([
    {
      ...said,
      detailBy: { type: 'cost-category', key: 'Team' },
      schedule: { frequency: { cron: '0 4 * * *' } },
    },
  ]);
});

it.each([
  ['two entries are called', [entry, entry]],
  ['lower-case letters', [{ ...entry, name: 'My org' }]],
  ["either 'detailBy.tag' or", [{ name: 'org' }]],
  [
    "either 'detailBy.tag' or",
    [{ ...entry, detailBy: { tag: 'a', costCategory: 'b' } }],
  ],
  ['twelve digits', [{ ...entry, linkedAccounts: ['1234'] }]],
  ['not a whole number', [{ ...entry, paidCallsPerDay: 0 }]],
  ['not a whole number', [{ ...entry, restatedMonths: 1.5 }]],
])('refuses: %s', (message, entries) => {
  expect(() => read(...entries)).toThrow(message);
});
