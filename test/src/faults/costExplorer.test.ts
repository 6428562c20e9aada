import {
  CostExplorerEndpoint,
  type CostExplorerFault,
} from '@plumbline/backstage-plugin-plumbline-backend-module-aws/testUtils';
import { moveClock } from '../lib/clock';
import { CostExplorerPortal } from '../lib/CostExplorerPortal';

jest.setTimeout(120_000);

const ORG = {
  name: 'org',
  accountId: '111111111111',
  accessKeyId: 'AKIDORG',
  linkedAccounts: ['111111111111'],
};
const LAB = {
  name: 'lab',
  accountId: '222222222222',
  accessKeyId: 'AKIDLAB',
  linkedAccounts: ['222222222222'],
  paidCallsPerDay: 30,
};

const usage = (account: string, service: string, amortized: string) => ({
  account,
  from: '2025-10-01',
  to: '2026-11-30',
  service: 'AWS Lambda',
  tags: { service },
  amortized,
});

const november = ['2026-11-01', '2026-11-21'] as const;

let endpoint: CostExplorerEndpoint;
let portal: CostExplorerPortal;
let restoreClock = () => {};

/** A portal that has read both accounts on the 20th; then it is the next day, on which everything costs twice as much. */
beforeEach(async () => {
  restoreClock = moveClock(new Date('2026-11-20T08:00:00Z'));
  endpoint = await CostExplorerEndpoint.start({
    bill: {
      charges: [
        usage(ORG.accountId, 'checkout', '1'),
        usage(LAB.accountId, 'trial', '3'),
      ],
    },
    pageSize: 40,
  });
  portal = await CostExplorerPortal.start({
    endpoint,
    entries: [ORG, LAB],
    services: ['checkout', 'trial'],
  });
  await portal.collect('org');
  await portal.collect('lab');
  restoreClock();
  restoreClock = moveClock(new Date('2026-11-21T08:00:00Z'));
  endpoint.bill = {
    charges: [
      usage(ORG.accountId, 'checkout', '2'),
      usage(LAB.accountId, 'trial', '6'),
    ],
  };
});

afterEach(async () => {
  await portal.stop();
  restoreClock();
  await endpoint.close();
});

async function nextNight() {
  await portal.collect('org');
  await portal.collect('lab');
  const sources = await portal.sources();
  return {
    org: sources['cost-explorer:org'],
    lab: sources['cost-explorer:lab'],
    checkout: (await portal.costs('checkout', ...november)).total,
    trial: (await portal.costs('trial', ...november)).total,
  };
}

it('shows what both accounts cost', async () => {
  expect(await nextNight()).toMatchObject({
    org: { lastRun: { state: 'succeeded' }, dataThrough: '2026-11-19' },
    lab: { lastRun: { state: 'succeeded' } },
    checkout: '40',
    trial: '120',
  });
});

it.each<[string, CostExplorerFault, object]>([
  [
    'that is denied',
    'AccessDeniedException',
    {
      missingRight: 'ce:GetCostAndUsage',
      message: expect.stringContaining('ce:GetCostAndUsage is missing'),
    },
  ],
  [
    'whose role has expired',
    'ExpiredTokenException',
    { message: expect.stringContaining('the credentials have expired') },
  ],
  [
    'that is throttled',
    'ThrottlingException',
    { message: expect.stringContaining('throttled 4 calls') },
  ],
  [
    'whose data is not there',
    'DataUnavailableException',
    { message: expect.stringContaining('DataUnavailableException') },
  ],
])(
  'names an account %s; the other one, and what was there, stay',
  async (_, fault, problem) => {
    endpoint.fail(fault, { accessKeyId: LAB.accessKeyId });
    expect(await nextNight()).toMatchObject({
      org: { lastRun: { state: 'succeeded' } },
      checkout: '40',
      lab: {
        lastRun: {
          state: 'failed',
          problems: expect.arrayContaining([
            expect.objectContaining({ severity: 'error', ...problem }),
          ]),
        },
        dataThrough: '2026-11-18',
      },
      trial: '60',
    });

    endpoint.heal();
    expect(await nextNight()).toMatchObject({
      lab: { lastRun: { state: 'succeeded', problems: [] } },
      trial: '120',
    });
  },
);

it('takes no half answer for a whole one', async () => {
  // The first page comes, the second one is cut off each time.
  endpoint.fail('cut', { accessKeyId: LAB.accessKeyId, after: 1 });
  expect(await nextNight()).toMatchObject({
    checkout: '40',
    lab: {
      lastRun: {
        state: 'failed',
        problems: [
          { partition: '2026-10', severity: 'error' },
          { partition: '2026-11', severity: 'error' },
        ],
      },
    },
    trial: '60',
  });
});

it('stops at the calls of a day, says so, and counts each of them', async () => {
  const already = endpoint.calls.length;
  endpoint.fail('InternalServerException', {
    accessKeyId: LAB.accessKeyId,
    times: 3,
  });
  for (let night = 0; night < 9; night++) {
    await portal.collect('lab');
  }
  const { 'cost-explorer:lab': lab } = await portal.sources();
  expect(lab).toMatchObject({
    paidCallsToday: 30,
    paidCallsPerDay: 30,
    lastRun: {
      state: 'budget-exhausted',
      problems: [
        {
          severity: 'warning',
          message: expect.stringContaining('30 paid calls a day'),
        },
      ],
    },
  });
  expect(endpoint.calls.length - already).toBe(30);
  expect((await portal.costs('trial', ...november)).total).toBe('120');
});
