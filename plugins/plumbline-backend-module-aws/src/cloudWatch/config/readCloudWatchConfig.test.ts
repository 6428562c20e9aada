import { ConfigReader } from '@backstage/config';
import { readCloudWatchConfig } from './readCloudWatchConfig';

const metric = {
  metric: 'requests',
  entity: 'component:default/shop',
  namespace: 'AWS/ApiGateway',
  metricName: 'Count',
};
const input = { ...metric, id: 'm1' };
const expression = {
  metric: 'requests',
  entity: 'component:default/web',
  expression: 'm1 * 2',
  inputs: [input],
};
const entry = { name: 'shop', region: 'eu-central-1', metrics: [metric] };

const read = (...cloudWatch: object[]) =>
  readCloudWatchConfig(
    new ConfigReader({ plumbline: { cloudWatch } } as never),
  );

const readMetrics = (...metrics: object[]) => read({ ...entry, metrics });

it('has no entries where none are configured', () => {
  expect(readCloudWatchConfig(new ConfigReader({}))).toEqual([]);
});

it('fills in what is usual', () => {
  expect(read(entry)).toEqual([
    {
      name: 'shop',
      title: 'CloudWatch shop',
      region: 'eu-central-1',
      series: [
        {
          metric: 'requests',
          entity: 'component:default/shop',
          missing: 'unknown',
          ask: {
            namespace: 'AWS/ApiGateway',
            metricName: 'Count',
            dimensions: {},
            statistic: 'Sum',
          },
        },
      ],
      paidCallsPerDay: 30,
      schedule: { frequency: { hours: 24 }, timeout: { hours: 1 } },
      restatedMonths: 1,
    },
  ]);
});

it('makes a series of each value of a dimension', () => {
  const { entity: _, ...rest } = metric;
  const [{ series }] = readMetrics({
    ...rest,
    dimensions: { Stage: 'prod' },
    entityDimension: { name: 'ApiName', values: ['Shop', 'api:infra/orders'] },
  });
  expect(
    series.map(({ entity, ask }) => [
      entity,
      'dimensions' in ask && ask.dimensions,
    ]),
  ).toEqual([
    ['component:default/shop', { Stage: 'prod', ApiName: 'Shop' }],
    ['api:infra/orders', { Stage: 'prod', ApiName: 'api:infra/orders' }],
  ]);
});

it('takes the names of dimensions as they are', () => {
  const dimensions = { 'Cluster Name': 'orders', 'http.route': '/pay' };
  expect(readMetrics({ ...metric, dimensions })[0].series).toMatchObject([
    { ask: { dimensions } },
  ]);
});

it('reads an expression and its inputs', () => {
  const [{ series }] = readMetrics({ ...expression, missing: 'zero' });
  expect(series).toMatchObject([
    {
      missing: 'zero',
      ask: {
        expression: 'm1 * 2',
        inputs: [{ id: 'm1', metricName: 'Count', statistic: 'Sum' }],
      },
    },
  ]);
});

it.each([
  ['two entries are called', [entry, entry]],
  ['lower-case letters', [{ ...entry, name: 'My shop' }]],
  [
    "Missing required config value at 'plumbline.cloudWatch[0].region'",
    [{ ...entry, region: undefined }],
  ],
  ['has no metrics', [{ ...entry, metrics: [] }]],
  ['not a whole number', [{ ...entry, paidCallsPerDay: 0 }]],
])('refuses an entry: %s', (message, entries) => {
  expect(() => read(...entries)).toThrow(message);
});

it.each<[string, object[]]>([
  ["metric is 'my requests'", [{ ...metric, metric: 'my requests' }]],
  ["missing is 'none'", [{ ...metric, missing: 'none' }]],
  ["either 'entity' or", [{ ...metric, entity: undefined }]],
  [
    "either 'entity' or",
    [{ ...metric, entityDimension: { name: 'A', values: ['b'] } }],
  ],
  ["'shop' names no entity", [{ ...metric, entity: 'shop' }]],
  [
    "the dimension 'QueueName' is 7",
    [{ ...metric, dimensions: { QueueName: 7 } }],
  ],
  ["no statistic 'Total'", [{ ...metric, statistic: 'Total' }]],
  ["no unit 'Pieces'", [{ ...metric, unit: 'Pieces' }]],
  ["'metricName' or 'expression', not both", [{ ...metric, expression: 'm1' }]],
  ["an expression needs 'inputs'", [{ ...expression, inputs: [] }]],
  [
    'SEARCH finds other metrics',
    [{ ...expression, expression: "SEARCH('a', 'Sum')" }],
  ],
  [
    'METRICS finds other metrics',
    [{ ...expression, expression: 'SUM(METRICS())' }],
  ],
  [
    "the id of an input is 'M1'",
    [{ ...expression, inputs: [{ ...input, id: 'M1' }] }],
  ],
  [
    "two inputs have the id 'm1'",
    [expression, { ...expression, metric: 'orders' }],
  ],
  ['would be added up', [metric, { ...metric, statistic: 'Average' }]],
  [
    'an expression has one series',
    [
      {
        ...expression,
        entity: undefined,
        entityDimension: { name: 'A', values: ['b'] },
      },
    ],
  ],
])('refuses a metric: %s', (message, metrics) => {
  expect(() => readMetrics(...metrics)).toThrow(message);
});
