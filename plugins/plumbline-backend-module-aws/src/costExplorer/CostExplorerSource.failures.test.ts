import { setImmediate } from 'node:timers/promises';
import {
  budgetOf,
  charge,
  collect,
  collectInto,
  credentials,
  DATA,
  NOW,
  sourceOf,
  type Partition,
} from './__testUtils__/fixtures';
import {
  CostExplorerEndpoint,
  type BillCharge,
  type CostExplorerEndpointOptions,
} from '../testUtils';

let endpoint: CostExplorerEndpoint;

const year: BillCharge[] = [{ ...charge, from: '2025-01-01' }];
const night = { window: { from: '2026-10', to: '2026-11' } };

async function start(
  charges = year,
  options: Partial<CostExplorerEndpointOptions> = {},
) {
  endpoint = await CostExplorerEndpoint.start({
    bill: { charges },
    now: () => NOW,
    ...options,
  });
  return endpoint;
}

/** Or the test takes too long. */
async function allConnectionsClosed() {
  while ((await endpoint.connections()) > 0) {
    await setImmediate();
  }
}

const endings = (partitions: Record<string, Partition>) =>
  Object.entries(partitions).map(([month, { ending }]) => [month, ending.type]);

afterEach(() => endpoint.close());

it('names the right that is missing', async () => {
  const source = sourceOf(await start());
  endpoint.fail('AccessDeniedException');
  await expect(collect(source)).rejects.toMatchObject({
    name: 'NotAllowedError',
    problems: [
      {
        severity: 'error',
        missingRight: 'ce:GetCostAndUsage',
        message: expect.stringContaining('ce:GetCostAndUsage is missing'),
      },
    ],
  });
  // Asking again would cost and not help.
  expect(endpoint.calls).toHaveLength(1);
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
      getCredentialProvider: async () => ({
        sdkCredentialProvider: async () => {
          throw Object.assign(
            new Error(
              'User: arn:aws:iam::1:user/backstage is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/costs',
            ),
            { name: 'AccessDenied' },
          );
        },
      }),
    },
  );
  await expect(collect(source)).rejects.toMatchObject({
    name: 'NotAllowedError',
    problems: [{ missingRight: 'sts:AssumeRole' }],
  });
  expect(endpoint.calls).toEqual([]);
});

it('says that an account is not in the configuration', async () => {
  const source = sourceOf(
    await start(),
    {},
    {
      getCredentialProvider: async () => {
        throw new Error('no credentials for account 123');
      },
    },
  );
  await expect(collect(source)).rejects.toThrow('no credentials for account');
});

it('waits while it is throttled, and books each call', async () => {
  const source = sourceOf(await start());
  endpoint.fail('ThrottlingException', { times: 3 });
  const budget = budgetOf(30);
  expect(endings(await collect(source, { ...night, budget }))).toEqual([
    ['2026-10', 'complete'],
    ['2026-11', 'complete'],
  ]);
  expect(budget.spent).toBe(5);
  expect(endpoint.calls).toHaveLength(5);
});

it('gives the months up that it is throttled for all the time', async () => {
  const source = sourceOf(await start());
  endpoint.fail('LimitExceededException');
  const budget = budgetOf(30);
  const partitions = await collect(source, { ...night, budget });
  expect(endings(partitions)).toEqual([
    ['2026-10', 'failed'],
    ['2026-11', 'failed'],
  ]);
  expect(partitions['2026-11'].ending).toMatchObject({
    problems: [
      {
        severity: 'error',
        partition: '2026-11',
        message: expect.stringContaining('throttled 4 calls'),
      },
    ],
  });
  expect(budget.spent).toBe(endpoint.calls.length);
});

it.each([
  'cut',
  'InternalServerException',
  'DataUnavailableException',
] as const)(
  'fails the months that half was answered for (%s), and reads the others',
  async fault => {
    const source = sourceOf(await start(year, { pageSize: 40 }));
    // 2026-10 and 2026-11 are the last span.
    const whole = await collect(sourceOf(endpoint));
    expect(Object.keys(whole)).toHaveLength(14);
    const before = endpoint.calls.length;
    endpoint.calls.length = 0;
    endpoint.fail(fault, { after: before - 1 });
    const partitions = await collect(source);
    expect(endings(partitions).slice(-3)).toEqual([
      ['2026-09', 'complete'],
      ['2026-10', 'failed'],
      ['2026-11', 'failed'],
    ]);
  },
);

it('asks again for a page that was cut off', async () => {
  const source = sourceOf(await start());
  endpoint.fail('cut', { times: 1 });
  const budget = budgetOf(30);
  expect(endings(await collect(source, { ...night, budget }))).toEqual([
    ['2026-10', 'complete'],
    ['2026-11', 'complete'],
  ]);
  expect(budget.spent).toBe(3);
});

it('does not turn in circles on a repeated page', async () => {
  const source = sourceOf(await start());
  endpoint.fail('repeated-token');
  const partitions = await collect(source, night);
  expect(endings(partitions)).toEqual([
    ['2026-10', 'failed'],
    ['2026-11', 'failed'],
  ]);
  expect(endpoint.calls).toHaveLength(2);
});

it.each([
  ['without amounts', { Metrics: {} }, 'AmortizedCost'],
  [
    'with an amount that is none',
    {
      Metrics: {
        AmortizedCost: { Amount: 'NaN', Unit: 'USD' },
        UnblendedCost: { Amount: '1', Unit: 'USD' },
      },
    },
    "'NaN USD'",
  ],
  [
    'in two currencies',
    {
      Metrics: {
        AmortizedCost: { Amount: '1', Unit: 'USD' },
        UnblendedCost: { Amount: '1', Unit: 'EUR' },
      },
    },
    'USD and in EUR',
  ],
  ['with one key', { Keys: ['a'] }, 'not two'],
])('does not take a group %s for one', async (_, group, message) => {
  const source = sourceOf(
    await start(year, {
      change: (_operation, answer) =>
        JSON.parse(JSON.stringify(answer), (key, value) =>
          key === 'Groups'
            ? value.map((item: object) => ({ ...item, ...group }))
            : value,
        ),
    }),
  );
  const { '2026-11': november } = await collect(source, night);
  expect(november.ending).toMatchObject({
    type: 'failed',
    problems: [{ message: expect.stringContaining(message) }],
  });
});

describe('when the calls of a day are used up', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({
    ...charge,
    account: `${i + 1}`.repeat(12),
    from: '2025-01-01',
  }));

  it('stops, says so, and goes on from there the next day', async () => {
    const source = sourceOf(await start(many), { paidCallsPerDay: 20 });
    const published = new Map<string, string>();
    const days: string[][] = [];
    for (let day = 0; day < 5; day++) {
      const partitions: Record<string, Partition> = {};
      const budget = budgetOf(20);
      const run = collectInto(partitions, source, { published, budget });
      const outcome = await run.then(
        () => 'end',
        error => error.name,
      );
      days.push([
        outcome,
        ...Object.entries(partitions).flatMap(([month, { ending }]) =>
          ending.type === 'complete' ? month : [],
        ),
      ]);
      for (const [month, { ending }] of Object.entries(partitions)) {
        if (ending.type === 'complete') {
          published.set(month, ending.fingerprint);
        }
      }
      expect(budget.spent).toBeLessThanOrEqual(20);
      if (outcome === 'end') {
        break;
      }
    }
    expect(days).toEqual([
      [
        'BudgetExhaustedError',
        '2025-10',
        '2025-11',
        '2025-12',
        '2026-01',
        '2026-02',
        '2026-03',
        '2026-04',
        '2026-05',
      ],
      ['end', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'],
    ]);
  });

  it('asks for shorter spans where a day does not suffice for one', async () => {
    const source = sourceOf(await start(many, { pageSize: 60 }), {
      paidCallsPerDay: 30,
      maxDetailAccounts: 8,
    });
    const closed = { window: { from: '2026-01', to: '2026-08' } };
    const read = async () => {
      const partitions: Record<string, Partition> = {};
      const outcome = await collectInto(partitions, source, closed).then(
        () => 'end',
        error => error.name,
      );
      return [...Object.keys(partitions), outcome];
    };
    expect(await read()).toEqual(['BudgetExhaustedError']);
    expect(await read()).toEqual([
      '2026-01',
      '2026-02',
      'BudgetExhaustedError',
    ]);
  });

  it('gives at least the totals of the open months where a day does not suffice for them', async () => {
    const source = sourceOf(await start(many), { paidCallsPerDay: 5 });
    const partitions = await collect(source, { ...night, budget: budgetOf(5) });
    expect(partitions['2026-11'].ending).toMatchObject({
      type: 'complete',
      totals: [{ effective: '200' }],
      problems: [
        {
          severity: 'warning',
          message: expect.stringMatching(
            /The 5 calls .* account 555555555555, .* Raise 'paidCallsPerDay'/,
          ),
        },
      ],
    });
  });

  it('does not do with less where it may have all tomorrow', async () => {
    const source = sourceOf(await start(many), { paidCallsPerDay: 20 });
    await expect(
      collect(source, { ...night, budget: budgetOf(5) }),
    ).rejects.toMatchObject({ name: 'BudgetExhaustedError' });
  });
});

it('ends its requests when aborted, and closes its connections', async () => {
  const abort = new AbortController();
  const source = sourceOf(
    await start(year, {
      change: (_, answer) => {
        abort.abort();
        return answer;
      },
    }),
  );
  await expect(collect(source, { signal: abort.signal })).rejects.toMatchObject(
    { name: 'AbortError' },
  );
  expect(endpoint.calls).toHaveLength(1);
  await allConnectionsClosed();
  expect(await endpoint.connections()).toBe(0);
});

it('closes its connections after a run', async () => {
  await collect(sourceOf(await start()));
  await allConnectionsClosed();
  expect(await endpoint.connections()).toBe(0);
});

it('asks with the credentials of its account', async () => {
  await start([charge, { ...charge, account: DATA }]);
  await collect(
    sourceOf(endpoint, { accountId: DATA }, credentials('AKIDDATA')),
  );
  expect(new Set(endpoint.calls.map(call => call.accessKeyId))).toEqual(
    new Set(['AKIDDATA']),
  );
});
