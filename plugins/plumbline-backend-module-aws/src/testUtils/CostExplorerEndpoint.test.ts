import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetTagsCommand,
  type GetCostAndUsageRequest,
} from '@aws-sdk/client-cost-explorer';
import {
  CostExplorerEndpoint,
  type CostExplorerEndpointOptions,
} from './CostExplorerEndpoint';
import { deviationsFromModel } from './model';

let endpoint: CostExplorerEndpoint;
let client: CostExplorerClient;

const period = { Start: '2026-11-01', End: '2026-11-03' };
const request: GetCostAndUsageRequest = {
  TimePeriod: period,
  Granularity: 'DAILY',
  Metrics: ['AmortizedCost', 'UnblendedCost'],
  GroupBy: [
    { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
    { Type: 'TAG', Key: 'team' },
  ],
};

async function start(options: Partial<CostExplorerEndpointOptions> = {}) {
  endpoint = await CostExplorerEndpoint.start({
    bill: {
      charges: [
        {
          account: '111111111111',
          from: '2026-11-01',
          to: '2026-11-02',
          service: 'AWS Lambda',
          tags: { team: 'a$b' },
          amortized: '1.5',
          unblended: '2',
        },
      ],
      accountNames: { '111111111111': 'shop' },
    },
    now: () => new Date('2026-11-26T08:00:00Z'),
    ...options,
  });
  client = new CostExplorerClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
}

const ask = (more: Partial<GetCostAndUsageRequest> = {}) =>
  client.send(new GetCostAndUsageCommand({ ...request, ...more }));

afterEach(async () => {
  client.destroy();
  await endpoint.close();
});

it('answers as Cost Explorer does', async () => {
  await start();
  const { ResultsByTime, DimensionValueAttributes, NextPageToken } =
    await ask();
  expect(ResultsByTime?.[0]).toEqual({
    TimePeriod: { Start: '2026-11-01', End: '2026-11-02' },
    Total: {},
    Estimated: true,
    Groups: [
      {
        Keys: ['111111111111', 'team$a$b'],
        Metrics: {
          AmortizedCost: { Amount: '1.5', Unit: 'USD' },
          UnblendedCost: { Amount: '2', Unit: 'USD' },
        },
      },
    ],
  });
  expect(DimensionValueAttributes).toEqual([
    { Value: '111111111111', Attributes: { description: 'shop' } },
  ]);
  expect(NextPageToken).toBeUndefined();
});

it('answers page by page', async () => {
  await start({ pageSize: 1 });
  const first = await ask();
  expect(first.ResultsByTime).toHaveLength(1);
  const second = await ask({ NextPageToken: first.NextPageToken });
  expect(second.ResultsByTime?.[0].TimePeriod?.Start).toBe('2026-11-02');
  expect(second.NextPageToken).toBeUndefined();
  await expect(
    ask({ NextPageToken: first.NextPageToken, Metrics: ['AmortizedCost'] }),
  ).rejects.toThrow('one of another request');
});

it.each<[string, Partial<GetCostAndUsageRequest>, string]>([
  [
    'more than is kept',
    { TimePeriod: { Start: '2025-09-01', End: '2025-10-01' } },
    'beyond 14 months',
  ],
  [
    'the future',
    { TimePeriod: { Start: '2026-11-01', End: '2026-12-02' } },
    'beginning of next month',
  ],
  [
    'two roots',
    {
      Filter: {
        Dimensions: { Key: 'SERVICE', Values: ['a'] },
        Tags: { Key: 'team', Values: ['a'] },
      },
    },
    'one root',
  ],
  [
    'an And of one',
    { Filter: { And: [{ Tags: { Key: 'team', Values: ['a'] } }] } },
    'less than two',
  ],
])('refuses %s', async (_, more, message) => {
  await start();
  await expect(ask(more)).rejects.toThrow(message);
});

it.each<[string, object, string]>([
  ['has a member too many', { ResultsByTimes: [] }, 'ResultsByTimes is not in'],
  ['is mistyped', { ResultsByTime: [{ Estimated: 'no' }] }, 'not a boolean'],
  ['is no list', { ResultsByTime: {} }, 'not a list'],
  [
    'has a number for an amount',
    {
      ResultsByTime: [
        { Groups: [{ Keys: [], Metrics: { A: { Amount: 1, Unit: 'USD' } } }] },
      ],
    },
    'Metrics.A.Amount is 1, not a string',
  ],
])('never gives an answer that %s', async (_, answer, message) => {
  await start({ change: () => answer });
  await expect(ask()).rejects.toThrow(message);
  await expect(endpoint.close()).rejects.toThrow(message);
  endpoint.violations.length = 0;
});

it('never gives an answer that lacks what must be there', async () => {
  await start({ change: () => ({ Tags: [] }) });
  await expect(
    client.send(new GetTagsCommand({ TimePeriod: period })),
  ).rejects.toThrow('ReturnSize is missing');
  endpoint.violations.length = 0;
});

it('takes no request that departs from the model', () => {
  expect(
    deviationsFromModel('GetCostAndUsage', 'request', {
      TimePeriod: { Start: '2026-11-01' },
      Granularity: 'DAILY',
      Metrics: 'AmortizedCost',
      Page: 1,
    }),
  ).toEqual([
    'GetCostAndUsage request.Page is not in the model',
    'GetCostAndUsage request.TimePeriod.End is missing',
    'GetCostAndUsage request.Metrics is "AmortizedCost", not a list',
  ]);
});

it('counts what it was asked for, and knows no other operation', async () => {
  await start();
  await ask();
  await expect(
    client.send(
      new GetCostForecastCommand({
        TimePeriod: period,
        Metric: 'AMORTIZED_COST',
        Granularity: 'DAILY',
      }),
    ),
  ).rejects.toThrow('no operation of this endpoint');
  expect(endpoint.calls).toHaveLength(1);
  endpoint.violations.length = 0;
});
