import {
  CloudWatchClient,
  GetMetricDataCommand,
  ListMetricsCommand,
  type GetMetricDataInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchEndpoint,
  type CloudWatchEndpointOptions,
} from './CloudWatchEndpoint';
import { deviationsFromModel } from './model';

let endpoint: CloudWatchEndpoint;
let client: CloudWatchClient;

const query: MetricDataQuery = {
  Id: 'a',
  MetricStat: {
    Metric: {
      Namespace: 'Shop',
      MetricName: 'Orders',
      Dimensions: [{ Name: 'Store', Value: 'web' }],
    },
    Period: 86_400,
    Stat: 'Sum',
  },
};

async function start(options: Partial<CloudWatchEndpointOptions> = {}) {
  endpoint = await CloudWatchEndpoint.start({
    metrics: [
      {
        region: 'eu-central-1',
        namespace: 'Shop',
        metricName: 'Orders',
        dimensions: { Store: 'web' },
        values: { '2026-11-01': 3, '2026-11-02': 0.5 },
      },
    ],
    now: () => new Date('2026-11-26T08:00:00Z'),
    ...options,
  });
  client = new CloudWatchClient({
    endpoint: endpoint.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
}

const ask = (more: Partial<GetMetricDataInput> = {}) =>
  client.send(
    new GetMetricDataCommand({
      MetricDataQueries: [query],
      StartTime: new Date('2026-11-01'),
      EndTime: new Date('2026-11-04'),
      ...more,
    }),
  );

afterEach(async () => {
  client.destroy();
  await endpoint.close();
});

it('answers as CloudWatch does', async () => {
  await start();
  const { MetricDataResults, NextToken } = await ask();
  expect(MetricDataResults).toEqual([
    {
      Id: 'a',
      Label: 'a',
      Timestamps: [new Date('2026-11-01'), new Date('2026-11-02')],
      Values: [3, 0.5],
      StatusCode: 'Complete',
      Messages: [],
    },
  ]);
  expect(NextToken).toBeUndefined();
  expect(endpoint.calls).toMatchObject([
    { operation: 'GetMetricData', accessKeyId: 'AKID', region: 'eu-central-1' },
  ]);
});

it('answers page by page', async () => {
  await start({ pageSize: 1 });
  const first = await ask();
  expect(first.MetricDataResults).toMatchObject([
    { Values: [3], StatusCode: 'PartialData' },
  ]);
  const second = await ask({ NextToken: first.NextToken });
  expect(second.MetricDataResults).toMatchObject([
    { Values: [0.5], StatusCode: 'Complete' },
  ]);
  await expect(
    ask({ NextToken: first.NextToken, EndTime: new Date('2026-11-05') }),
  ).rejects.toThrow('one of another request');
});

it.each<[string, Partial<GetMetricDataInput>, string]>([
  [
    'too many queries',
    {
      MetricDataQueries: Array.from({ length: 501 }, (_, i) => ({
        ...query,
        Id: `a${i}`,
      })),
    },
    'between 1 and 500',
  ],
  ['an id twice', { MetricDataQueries: [query, query] }, 'unique'],
  [
    'an id that is none',
    { MetricDataQueries: [{ ...query, Id: 'A' }] },
    'valid',
  ],
  [
    'a query of two kinds',
    { MetricDataQueries: [{ ...query, Expression: 'a + a' }] },
    'either MetricStat or Expression',
  ],
  ['no time', { EndTime: new Date('2026-11-01') }, 'less than the EndTime'],
])('refuses %s', async (_, more, message) => {
  await start();
  await expect(ask(more)).rejects.toThrow(message);
});

it.each<[string, object, string]>([
  ['has a member too many', { Results: [] }, 'Results is not in'],
  [
    'has text for an instant',
    { MetricDataResults: [{ Timestamps: ['2026-11-01'] }] },
    'not a number',
  ],
])('never gives an answer that %s', async (_, answer, message) => {
  await start({ change: () => answer });
  await expect(ask()).rejects.toThrow(message);
  await expect(endpoint.close()).rejects.toThrow(message);
  endpoint.violations.length = 0;
});

it('takes no request that departs from the model', () => {
  expect(
    deviationsFromModel('GetMetricData', 'request', {
      MetricDataQueries: [{ Identity: 'a' }],
      StartTime: 'today',
    }),
  ).toEqual([
    'GetMetricData request.EndTime is missing',
    'GetMetricData request.MetricDataQueries[0].Identity is not in the model',
    'GetMetricData request.MetricDataQueries[0].Id is missing',
    'GetMetricData request.StartTime is "today", not a number',
  ]);
});

it('knows no other operation', async () => {
  await start();
  await expect(client.send(new ListMetricsCommand({}))).rejects.toThrow(
    'no operation of this endpoint',
  );
  endpoint.violations.length = 0;
});
