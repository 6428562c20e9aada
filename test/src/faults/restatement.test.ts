import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import plumblineFocus from '@plumbline/backstage-plugin-plumbline-backend-module-focus';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { dayBefore, focusBill } from '../lib/focusBill';
import { component, SetUp } from '../setups/SetUp';

jest.setTimeout(120_000);

const account = '111122223333';
const arn = `arn:aws:lambda:eu-west-1:${account}:function:checkout`;
const checkout = toEntityRef('component:default/checkout');

// A month that is over, whatever day it is.
const month = dayBefore(62).slice(0, 7);
const days = Array.from(
  { length: 20 },
  (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`,
);

let folder: string;
let setUp: SetUp;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-restated-'));
  await deliver('1.25');
  setUp = await SetUp.start({
    modules: [plumblineFocus],
    config: {
      plumbline: { focus: { exports: [{ name: 'aws', path: folder }] } },
    },
    entities: [component('checkout', { 'aws.amazon.com/arn': arn })],
  });
  await setUp.runAllTasks();
  await setUp.client.closeStatement(month, {
    force: true,
    reason: 'The year must be closed',
  });
});

afterEach(async () => {
  await setUp.stop();
  await rm(folder, { recursive: true });
});

const billOf = (cost: string) =>
  focusBill({ account, days, charges: { [arn]: cost, [`${arn}-2`]: '0.5' } });

async function deliver(cost: string) {
  await writeFile(path.join(folder, 'bill.csv'), billOf(cost));
}

/** What people see of the month. */
async function seen() {
  const { client } = setUp;
  const [{ state, lastRun, failedMonths }] = (await client.getStatus()).sources;
  const restated = await client.getStatement(month, { by: 'entity' });
  const original = await client.getStatementCsv(month, { asOf: 'original' });
  const costs = await client.getCosts(checkout, {
    from: days[0],
    to: `${month}-28`,
  });
  return {
    source: { state, problems: lastRun?.problems, failedMonths },
    total: restated.totals,
    restatements: restated.restatements,
    original: await original.content.text(),
    checkout: costs.currencies.map(({ total }) => total),
  };
}

it('states what a closed month costs otherwise as a difference, by the name of its source', async () => {
  const before = await seen();
  expect(before).toMatchObject({
    total: [{ currency: 'USD', effective: '35', billed: '35' }],
    restatements: [],
    checkout: ['25'],
  });

  await deliver('2');
  await setUp.runAllTasks();
  expect(await seen()).toMatchObject({
    source: { state: expect.any(String), problems: [], failedMonths: [] },
    total: [{ currency: 'USD', effective: '50', billed: '50' }],
    restatements: [
      {
        number: 1,
        causes: [{ source: 'focus:aws', cause: 'delivered-again' }],
        changes: [{ currency: 'USD', effective: '15', billed: '15' }],
      },
    ],
    original: before.original,
    checkout: ['40'],
  });
});

it('names the half of a file that came, and changes nothing by it', async () => {
  const before = await seen();
  const whole = billOf('2');
  await writeFile(
    path.join(folder, 'bill.csv'),
    whole.slice(0, whole.length / 2),
  );
  await setUp.runAllTasks();
  const after = await seen();
  expect(after).toEqual({
    ...before,
    source: {
      state: 'failing',
      failedMonths: [month],
      problems: [
        expect.objectContaining({ severity: 'error', file: 'bill.csv' }),
      ],
    },
  });

  await deliver('1.25');
  await setUp.runAllTasks();
  expect(await seen()).toEqual(before);
});
