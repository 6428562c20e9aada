import { usageSourceConformance } from '@plumbline/backstage-plugin-plumbline-node/testUtils';
import { budgetOf } from '../costExplorer/__testUtils__/fixtures';
import {
  CloudWatchEndpoint,
  type CloudWatchEndpointOptions,
} from '../testUtils';
import {
  collect,
  metricOf,
  NOW,
  publishedOf,
  requestsOf,
  sourceOf,
  valuesOf,
} from './__testUtils__/fixtures';

const SHOP = 'component:default/shop';

let endpoint: CloudWatchEndpoint;

async function start(options: Partial<CloudWatchEndpointOptions> = {}) {
  endpoint = await CloudWatchEndpoint.start({
    metrics: [requestsOf('shop')],
    now: () => NOW,
    ...options,
  });
  return endpoint;
}

afterEach(() => endpoint.close());

describe('a usage source over CloudWatch', () => {
  it.each(
    usageSourceConformance(async () => ({
      source: sourceOf(
        await start({
          metrics: [
            requestsOf('shop', valuesOf('2025-01-01', '2026-11-26')),
            requestsOf('api'),
          ],
          pageSize: 40,
        }),
        { metrics: [metricOf('shop'), metricOf('api')] },
      ),
      window: { from: '2026-08', to: '2026-11' },
    })),
  )('$rule', async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});

it('takes the days that are over, as totals of days in UTC', async () => {
  const months = await collect(sourceOf(await start()));
  expect(Object.keys(months['2026-10'].values[SHOP])).toHaveLength(31);
  expect(Object.keys(months['2026-11'].values[SHOP])).toHaveLength(25);
  expect(months['2026-11'].values[SHOP]).toMatchObject({
    '2026-11-01': '11',
    '2026-11-25': '35',
  });
  expect(months['2026-11'].ending).toMatchObject({
    type: 'complete',
    rowsRead: 25,
    dataThrough: Date.parse('2026-11-25') / 86_400_000,
    problems: [],
  });
  expect(endpoint.calls.map(({ region }) => region)).toEqual([
    'eu-central-1',
    'eu-central-1',
  ]);
});

it('waits three hours for a day to be complete', async () => {
  await start();
  const now = new Date('2026-11-26T02:59:00Z');
  const { '2026-11': november } = await collect(
    sourceOf(endpoint, {}, { now }),
  );
  expect(Object.keys(november.values[SHOP])).toHaveLength(24);
});

it('puts pages together', async () => {
  await start({
    metrics: ['shop', 'api', 'web'].map(name => requestsOf(name)),
    pageSize: 10,
  });
  const metrics = ['shop', 'api', 'web'].map(name => metricOf(name));
  const budget = budgetOf(30);
  const months = await collect(sourceOf(endpoint, { metrics }), { budget });
  for (const name of ['shop', 'api', 'web']) {
    expect(months['2026-10'].values[`component:default/${name}`]).toEqual(
      months['2026-10'].values[SHOP],
    );
  }
  expect(months['2026-10'].values[SHOP]).toEqual(
    Object.fromEntries(
      Object.entries(valuesOf('2026-10-01', '2026-10-31')).map(
        ([date, value]) => [date, `${value}`],
      ),
    ),
  );
  // 93 and 75 values, by 10.
  expect(endpoint.calls).toHaveLength(18);
  expect(budget.spent).toBe(18);
});

it('asks for 500 metrics in a call, and keeps together what is calculated together', async () => {
  const names = Array.from({ length: 749 }, (_, i) => `api-${i}`);
  await start({ metrics: [...names, 'good', 'bad'].map(n => requestsOf(n)) });
  const { '2026-11': november } = await collect(
    sourceOf(endpoint, {
      metrics: [
        {
          metric: 'requests',
          namespace: 'AWS/ApiGateway',
          metricName: 'Count',
          entityDimension: { name: 'ApiName', values: names.slice(0, 498) },
        },
        {
          metric: 'requests',
          entity: SHOP,
          expression: 'good + bad',
          inputs: [
            { ...metricOf('good'), id: 'good' },
            { ...metricOf('bad'), id: 'bad' },
          ],
        },
        ...names.slice(498).map(name => metricOf(name)),
      ],
    }),
    { window: { from: '2026-11', to: '2026-11' } },
  );
  expect(
    endpoint.calls.map(
      ({ request }) => (request.MetricDataQueries as unknown[]).length,
    ),
  ).toEqual([498, 254]);
  expect(Object.keys(november.values)).toHaveLength(750);
  expect(november.values[SHOP]['2026-11-01']).toBe('22');
});

it('adds up the series of one entity on days on which all are known', async () => {
  await start({
    metrics: [
      requestsOf('eu', valuesOf('2026-11-01', '2026-11-25')),
      requestsOf('us', valuesOf('2026-11-03', '2026-11-25')),
    ],
  });
  const metrics = ['eu', 'us'].map(name => metricOf(name, { entity: SHOP }));
  const { '2026-11': november } = await collect(
    sourceOf(endpoint, { metrics }),
  );
  expect(Object.keys(november.values[SHOP])).toHaveLength(23);
  expect(november.values[SHOP]['2026-11-03']).toBe('26');
  expect(november.ending).toMatchObject({
    problems: [
      {
        severity: 'warning',
        message: expect.stringContaining(
          "'requests' of component:default/shop is unknown on 2 days of 2026-11",
        ),
      },
    ],
  });
});

describe('a day without a value', () => {
  const gap = { ...valuesOf('2026-11-01', '2026-11-25') };
  delete gap['2026-11-10'];

  it('is unknown', async () => {
    await start({ metrics: [requestsOf('shop', gap)] });
    const { '2026-11': november } = await collect(sourceOf(endpoint));
    expect(november.values[SHOP]).not.toHaveProperty('2026-11-10');
  });

  it('is zero where the configuration says so', async () => {
    await start({ metrics: [requestsOf('shop', gap)] });
    const metrics = [metricOf('shop', { missing: 'zero' })];
    const { '2026-11': november } = await collect(
      sourceOf(endpoint, { metrics }),
    );
    expect(november.values[SHOP]['2026-11-10']).toBe('0');
    expect(Object.keys(november.values[SHOP])).toHaveLength(25);
  });

  it('is never zero of a metric that CloudWatch does not know', async () => {
    await start({ metrics: [] });
    const metrics = [metricOf('shop', { missing: 'zero' })];
    const months = await collect(sourceOf(endpoint, { metrics }));
    expect(months['2026-11'].values).toEqual({});
    expect(months['2026-11'].ending).toMatchObject({
      type: 'complete',
      dataThrough: undefined,
      problems: [
        {
          severity: 'warning',
          message: expect.stringContaining(
            "no value of 'requests' of component:default/shop",
          ),
        },
      ],
    });
    expect(months['2026-10'].ending).toMatchObject({ problems: [] });
  });
});

it.each([
  ['a negative one', -1, '-1'],
  ['one that is too large', 1e13, '10000000000000'],
])('leaves out %s', async (_, value, shown) => {
  const values = {
    ...valuesOf('2026-11-01', '2026-11-25'),
    '2026-11-02': value,
  };
  await start({ metrics: [requestsOf('shop', values)] });
  const { '2026-11': november } = await collect(sourceOf(endpoint));
  expect(november.values[SHOP]).not.toHaveProperty('2026-11-02');
  expect(november.ending).toMatchObject({
    problems: [
      { message: expect.stringContaining(`is ${shown} on 2026-11-02`) },
    ],
  });
});

it('tells what CloudWatch says of an expression', async () => {
  await start({
    metrics: [
      requestsOf('a'),
      requestsOf(
        'b',
        valuesOf('2026-11-01', '2026-11-25', date =>
          date === '2026-11-05' ? 0 : 2,
        ),
      ),
    ],
  });
  const metrics = [
    {
      metric: 'ratio',
      entity: SHOP,
      expression: 'a / b',
      inputs: [
        { ...metricOf('a'), id: 'a' },
        { ...metricOf('b'), id: 'b' },
      ],
    },
  ];
  const { '2026-11': november } = await collect(
    sourceOf(endpoint, { metrics }),
  );
  expect(november.values[SHOP]).not.toHaveProperty('2026-11-05');
  expect(november.values[SHOP]['2026-11-01']).toBe('5.5');
  expect(november.ending).toMatchObject({
    problems: [{ message: expect.stringContaining('ArithmeticError') }],
  });
});

it('names the metric whose expression CloudWatch does not take', async () => {
  await start();
  const metrics = [
    metricOf('shop'),
    {
      metric: 'orders',
      entity: SHOP,
      expression: 'FLOOR(m1)',
      inputs: [{ ...metricOf('shop'), id: 'm1' }],
    },
  ];
  const { '2026-11': november } = await collect(
    sourceOf(endpoint, { metrics }),
  );
  expect(november.ending).toMatchObject({
    type: 'failed',
    problems: [
      {
        message: expect.stringContaining(
          "Error in expression ''orders' of component:default/shop'",
        ),
      },
    ],
  });
});

describe('what CloudWatch has forgotten', () => {
  const metrics = [requestsOf('shop', valuesOf('2025-01-01', '2026-11-26'))];
  const window = { from: '2024-11', to: '2025-10' };

  it('is not asked for', async () => {
    const months = await collect(sourceOf(await start({ metrics })), {
      window,
    });
    // 455 days, the present one among them.
    expect(Object.keys(months)).toEqual(['2025-08', '2025-09', '2025-10']);
    expect(Object.keys(months['2025-08'].values[SHOP])).toEqual([
      '2025-08-29',
      '2025-08-30',
      '2025-08-31',
    ]);
    expect(endpoint.calls).toHaveLength(3);
  });

  it('stays as it was read', async () => {
    await start({ metrics });
    const before = await collect(
      sourceOf(endpoint, {}, { now: new Date('2026-10-01T08:00:00Z') }),
      { window: { from: '2025-08', to: '2025-09' } },
    );
    endpoint.calls.length = 0;
    const after = await collect(sourceOf(endpoint), {
      window: { from: '2025-08', to: '2025-09' },
      published: publishedOf(before),
    });
    expect(after['2025-08'].ending.type).toBe('unchanged');
    expect(endpoint.calls).toHaveLength(1);
  });
});

it('keeps a month of which CloudWatch has no values any more', async () => {
  const published = publishedOf(await collect(sourceOf(await start())));
  endpoint.metrics = [];
  const { '2026-11': november } = await collect(sourceOf(endpoint), {
    published,
  });
  expect(november.ending).toMatchObject({
    type: 'failed',
    problems: [{ message: expect.stringContaining('no values any more') }],
  });
});

it('reads a month again that is as it was, and one that is corrected', async () => {
  const published = publishedOf(await collect(sourceOf(await start())));
  endpoint.metrics = [
    requestsOf('shop', {
      ...valuesOf('2026-09-01', '2026-11-26'),
      '2026-10-31': 1_000,
    }),
  ];
  const months = await collect(sourceOf(endpoint), { published });
  expect(months['2026-10'].values[SHOP]['2026-10-31']).toBe('1000');
  expect(months['2026-11'].ending.type).toBe('unchanged');
});
