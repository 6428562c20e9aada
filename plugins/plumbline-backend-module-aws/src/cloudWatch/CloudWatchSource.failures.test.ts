import { setImmediate } from 'node:timers/promises';
import { budgetOf, credentials } from '../costExplorer/__testUtils__/fixtures';
import {
  CloudWatchEndpoint,
  type CloudWatchEndpointOptions,
} from '../testUtils';
import {
  collect,
  metricOf,
  NOW,
  requestsOf,
  sourceOf,
  type Month,
} from './__testUtils__/fixtures';

let endpoint: CloudWatchEndpoint;

async function start(options: Partial<CloudWatchEndpointOptions> = {}) {
  endpoint = await CloudWatchEndpoint.start({
    metrics: [requestsOf('shop'), requestsOf('api')],
    now: () => NOW,
    ...options,
  });
  return endpoint;
}

const endings = (months: Record<string, Month>) =>
  Object.entries(months).map(([month, { ending }]) => [month, ending.type]);

/** An answer with something else in its first result. */
const changing = (more: object) => (answer: object) =>
  JSON.parse(JSON.stringify(answer), (key, value) =>
    key === 'MetricDataResults'
      ? [{ ...value[0], ...more }, ...value.slice(1)]
      : value,
  );

afterEach(() => endpoint.close());

it('names the right that is missing', async () => {
  const source = sourceOf(await start());
  endpoint.fail('AccessDeniedException');
  await expect(collect(source)).rejects.toMatchObject({
    name: 'NotAllowedError',
    problems: [
      {
        severity: 'error',
        missingRight: 'cloudwatch:GetMetricData',
        message: expect.stringContaining(
          'cloudwatch:GetMetricData is missing (CloudWatch says AccessDenied',
        ),
      },
    ],
  });
  // Asking again would cost and not help.
  expect(endpoint.calls).toHaveLength(1);
});

it('names the right that is missing for a metric of another account', async () => {
  await start({ change: changing({ StatusCode: 'Forbidden' }) });
  await expect(collect(sourceOf(endpoint))).rejects.toMatchObject({
    problems: [{ missingRight: 'cloudwatch:GetMetricData' }],
  });
});

it('says that a role has expired', async () => {
  const source = sourceOf(await start());
  endpoint.fail('ExpiredTokenException');
  await expect(collect(source)).rejects.toMatchObject({
    name: 'NotAllowedError',
    message: expect.stringContaining('the credentials have expired'),
  });
});

it('says that a role may not be taken on', async () => {
  const source = sourceOf(
    await start(),
    {},
    {
      manager: {
        getCredentialProvider: async () => ({
          sdkCredentialProvider: async () => {
            throw Object.assign(
              new Error(
                'backstage is not authorized to perform: sts:AssumeRole',
              ),
              { name: 'AccessDenied' },
            );
          },
        }),
      },
    },
  );
  await expect(collect(source)).rejects.toMatchObject({
    problems: [{ missingRight: 'sts:AssumeRole' }],
  });
  expect(endpoint.calls).toEqual([]);
});

it('goes on with one account while another one fails', async () => {
  await start();
  endpoint.fail('AccessDeniedException', { accessKeyId: 'AKIDDATA' });
  const data = sourceOf(
    endpoint,
    { name: 'data', title: 'The data account' },
    { manager: credentials('AKIDDATA') },
  );
  await expect(collect(data)).rejects.toThrow('May not read The data account');
  expect(endings(await collect(sourceOf(endpoint)))).toEqual([
    ['2026-10', 'complete'],
    ['2026-11', 'complete'],
  ]);
});

it('waits while it is throttled, and books each call', async () => {
  const source = sourceOf(await start());
  endpoint.fail('ThrottlingException', { times: 3 });
  const budget = budgetOf(30);
  expect(endings(await collect(source, { budget }))).toEqual([
    ['2026-10', 'complete'],
    ['2026-11', 'complete'],
  ]);
  expect(budget.spent).toBe(5);
  expect(endpoint.calls).toHaveLength(5);
});

it('gives a month up that it is throttled for all the time, and goes on', async () => {
  const source = sourceOf(await start());
  endpoint.fail('ThrottlingException', { times: 4 });
  const months = await collect(source);
  expect(endings(months)).toEqual([
    ['2026-10', 'failed'],
    ['2026-11', 'complete'],
  ]);
  expect(months['2026-10'].ending).toMatchObject({
    problems: [
      {
        severity: 'error',
        partition: '2026-10',
        message: expect.stringContaining('CloudWatch throttled 4 calls'),
      },
    ],
  });
});

it.each(['cut', 'InternalServiceFault'] as const)(
  'fails a month that half was answered for (%s)',
  async fault => {
    const source = sourceOf(await start({ pageSize: 20 }));
    // The second page of October, each time it is asked for.
    endpoint.fail(fault, { after: 1, times: 4 });
    const months = await collect(source);
    expect(endings(months)).toEqual([
      ['2026-10', 'failed'],
      ['2026-11', 'complete'],
    ]);
    expect(months['2026-10'].values).toEqual({});
  },
);

it('does not turn in circles on a repeated page', async () => {
  const source = sourceOf(await start());
  endpoint.fail('repeated-token');
  expect(endings(await collect(source))).toEqual([
    ['2026-10', 'failed'],
    ['2026-11', 'failed'],
  ]);
  expect(endpoint.calls).toHaveLength(4);
});

it.each([
  ['ends in the middle', { StatusCode: 'PartialData' }, 'PartialData'],
  ['ends in an error', { StatusCode: 'InternalError' }, 'InternalError'],
  ['says no state', { StatusCode: undefined }, 'nothing'],
  ['has more values than times', { Values: [1] }, '1 values at 31 times'],
  ['is of another one', { Id: 'other' }, 'nothing'],
])(
  'takes no answer for a whole one that %s, and names the metric',
  async (_, more, said) => {
    await start({ change: changing(more) });
    const months = await collect(sourceOf(endpoint), {
      window: { from: '2026-10', to: '2026-10' },
    });
    expect(months['2026-10']).toMatchObject({
      values: {},
      ending: {
        type: 'failed',
        problems: [
          {
            message: expect.stringMatching(
              `no whole answer for 'requests' of component:default/shop .*${said}`,
            ),
          },
        ],
      },
    });
    expect(endpoint.calls).toHaveLength(3);
  },
);

it('asks again only for what ended in an error', async () => {
  let answered = 0;
  await start({
    change: answer => {
      answered += 1;
      return answered === 1
        ? changing({ StatusCode: 'InternalError' })(answer)
        : answer;
    },
  });
  const metrics = [metricOf('shop'), metricOf('api')];
  const months = await collect(sourceOf(endpoint, { metrics }));
  expect(Object.keys(months['2026-10'].values)).toHaveLength(2);
  expect(
    endpoint.calls.map(
      ({ request }) => (request.MetricDataQueries as unknown[]).length,
    ),
  ).toEqual([2, 1, 2]);
});

it.each([
  ['a part of a day', 1_793_494_800],
  ['a day that was not asked for', 1_795_737_600],
])('does not take a value of %s', async (_, time) => {
  await start({ change: changing({ Timestamps: [time], Values: [1] }) });
  const months = await collect(sourceOf(endpoint));
  expect(months['2026-11'].ending).toMatchObject({
    type: 'failed',
    problems: [{ message: expect.stringContaining('was not asked for') }],
  });
});

it('stops when the calls of a day are used up; what is whole stands', async () => {
  await start({ pageSize: 20 });
  const budget = budgetOf(3);
  const source = sourceOf(endpoint);
  const taken: string[] = [];
  const run = (async () => {
    for await (const batch of source.collect({
      window: { from: '2026-10', to: '2026-11' },
      published: new Map(),
      budget,
      signal: new AbortController().signal,
      logger: { child: () => undefined } as never,
    })) {
      taken.push(batch.type);
    }
  })();
  await expect(run).rejects.toMatchObject({ name: 'BudgetExhaustedError' });
  expect(taken).toEqual(['partition', 'rows', 'complete']);
  expect(endpoint.calls).toHaveLength(3);
});

it('ends its requests when aborted, and closes its connections', async () => {
  const abort = new AbortController();
  await start({
    change: answer => {
      abort.abort();
      return answer;
    },
  });
  await expect(
    collect(sourceOf(endpoint), { signal: abort.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  expect(endpoint.calls).toHaveLength(1);
  // Or the test takes too long.
  while ((await endpoint.connections()) > 0) {
    await setImmediate();
  }
});
