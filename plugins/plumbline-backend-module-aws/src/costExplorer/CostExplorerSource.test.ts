import fc from 'fast-check';
import {
  budgetOf,
  charge,
  collect,
  DATA,
  NOW,
  SHOP,
  sourceOf,
  sumsOf,
} from './__testUtils__/fixtures';
import { ExactDecimal } from './money';
import {
  CostExplorerEndpoint,
  type BillCharge,
  type CostExplorerEndpointOptions,
} from '../testUtils';

let endpoint: CostExplorerEndpoint;

async function start(
  charges: BillCharge[],
  options: Partial<CostExplorerEndpointOptions> = {},
): Promise<CostExplorerEndpoint> {
  endpoint = await CostExplorerEndpoint.start({
    bill: {
      charges,
      accountNames: { [SHOP]: 'shop-prod', [DATA]: 'data-prod' },
    },
    now: () => NOW,
    ...options,
  });
  return endpoint;
}

afterEach(() => endpoint.close());

it('tells the usage of an account apart by tag and service', async () => {
  const source = sourceOf(
    await start([
      charge,
      { ...charge, tags: { service: 'orders' }, amortized: '2' },
      { ...charge, service: 'Amazon S3', tags: {}, amortized: '0.5' },
      { ...charge, account: DATA, amortized: '4' },
    ]),
  );
  const { '2026-11': november } = await collect(source);
  expect(sumsOf(november)).toEqual({
    [`${SHOP} · service=checkout · AWS Lambda · Usage`]: [25, 25],
    [`${SHOP} · service=orders · AWS Lambda · Usage`]: [50, 50],
    [`${SHOP} · rest · Amazon S3 · Usage`]: [12.5, 12.5],
    [`${DATA} · service=checkout · AWS Lambda · Usage`]: [100, 100],
  });
  expect(november.resources).toContainEqual({
    provider: 'AWS',
    accountId: SHOP,
    accountName: 'shop-prod',
    resourceId: `cost-explorer:${SHOP}/service=checkout`,
    name: 'service=checkout',
    type: 'Tag',
    tags: { service: 'checkout' },
  });
  expect(november.ending).toMatchObject({
    type: 'complete',
    totals: [{ currency: 'USD', effective: '187.5', billed: '187.5' }],
    problems: [],
  });
});

it('tells it apart by cost category, under a name that is no tag', async () => {
  const source = sourceOf(
    await start([{ ...charge, costCategories: { Team: 'payments' } }]),
    { detailBy: { type: 'cost-category', key: 'Team' } },
  );
  const { '2026-11': november } = await collect(source);
  expect(november.resources).toEqual([
    expect.objectContaining({
      resourceId: `cost-explorer:${SHOP}/costCategory:Team=payments`,
      type: 'Cost category',
      tags: { 'costCategory:Team': 'payments' },
    }),
  ]);
});

it('books what is no usage on the account, as FOCUS calls it', async () => {
  const on = { ...charge, from: '2026-11-03', to: undefined };
  const source = sourceOf(
    await start([
      { ...on, recordType: 'Tax', service: 'Tax', amortized: '7' },
      { ...on, recordType: 'Credit', amortized: '-3' },
      { ...on, recordType: 'Refund', amortized: '-2' },
      { ...on, recordType: 'Support fee', amortized: '29' },
      {
        ...on,
        recordType: 'Enterprise Discount Program Discount',
        amortized: '-1',
      },
      {
        ...on,
        recordType: 'Upfront reservation fee',
        amortized: '0',
        unblended: '600',
      },
      { ...on, recordType: 'Gift', amortized: '-0.5' },
      charge,
    ]),
  );
  const { '2026-11': november } = await collect(source);
  expect(sumsOf(november)).toEqual({
    [`${SHOP} · service=checkout · AWS Lambda · Usage`]: [25, 25],
    [`${SHOP} · rest · Tax · Tax`]: [7, 7],
    [`${SHOP} · rest · Credits · Credit`]: [-3, -3],
    [`${SHOP} · rest · Refunds · Adjustment`]: [-2, -2],
    [`${SHOP} · rest · AWS Support · Purchase`]: [29, 29],
    [`${SHOP} · rest · Discounts · Adjustment`]: [-1, -1],
    [`${SHOP} · rest · Reservations · Purchase`]: [0, 600],
    [`${SHOP} · rest · Other charges · Adjustment`]: [-0.5, -0.5],
  });
  expect(november.ending).toMatchObject({
    totals: [{ effective: '54.5', billed: '654.5' }],
    problems: [
      { severity: 'warning', message: expect.stringContaining("'Gift'") },
    ],
  });
});

it.each([
  ['SavingsPlanCoveredUsage', 'SavingsPlanNegation', 'SavingsPlanRecurringFee'],
  [
    'Savings Plan Covered Usage',
    'Savings Plan Negation',
    'Savings Plan Recurring Fee',
  ],
])(
  'splits commitments into what was used, what was not, and what was paid (%s)',
  async (covered, negation, fee) => {
    const source = sourceOf(
      await start([
        charge,
        {
          ...charge,
          recordType: covered,
          tags: { service: 'orders' },
          amortized: '0.6',
          unblended: '1',
        },
        // A negation carries no tag.
        {
          ...charge,
          recordType: negation,
          tags: {},
          amortized: '0',
          unblended: '-1',
        },
        {
          ...charge,
          recordType: fee,
          tags: {},
          amortized: '0.4',
          unblended: '1',
        },
      ]),
    );
    const { '2026-11': november } = await collect(source);
    expect(sumsOf(november)).toEqual({
      [`${SHOP} · service=checkout · AWS Lambda · Usage`]: [25, 25],
      [`${SHOP} · service=orders · AWS Lambda · Usage · Used`]: [15, 0],
      [`${SHOP} · rest · Savings Plans · Usage · Unused`]: [10, 0],
      [`${SHOP} · rest · Savings Plans · Purchase`]: [0, 25],
    });
    expect(november.ending).toMatchObject({
      totals: [{ effective: '50', billed: '50' }],
      problems: [],
    });
  },
);

it('asks for the dearest accounts in detail and for all others at once', async () => {
  const accounts = Array.from({ length: 6 }, (_, i) => `${i + 1}`.repeat(12));
  const source = sourceOf(
    await start(
      accounts.map((account, i) => ({
        ...charge,
        account,
        amortized: String(i + 1),
      })),
    ),
    { maxDetailAccounts: 2 },
  );
  const { '2026-11': november } = await collect(source, {
    window: { from: '2026-11', to: '2026-11' },
  });
  expect(endpoint.calls.map(({ request }) => request.GroupBy)).toEqual([
    expect.anything(),
    [expect.objectContaining({ Type: 'TAG' }), expect.anything()],
    [expect.objectContaining({ Type: 'TAG' }), expect.anything()],
    [expect.objectContaining({ Key: 'LINKED_ACCOUNT' }), expect.anything()],
  ]);
  expect(sumsOf(november)).toMatchObject({
    [`${accounts[5]} · service=checkout · AWS Lambda · Usage`]: [150, 150],
    [`${accounts[0]} · rest · AWS Lambda · Usage`]: [25, 25],
  });
});

it('keeps to the accounts that are named', async () => {
  const source = sourceOf(await start([charge, { ...charge, account: DATA }]), {
    linkedAccounts: [DATA],
    maxDetailAccounts: 0,
  });
  const { '2026-11': november } = await collect(source);
  expect(november.resources.map(({ accountId }) => accountId)).toEqual([DATA]);
});

it('books what answers differ by on the rest of the account, and says so', async () => {
  let calls = 0;
  const source = sourceOf(
    await start([charge, { ...charge, account: DATA, amortized: '100' }], {
      change: (_, answer) => {
        calls += 1;
        return calls === 2 ? { ...answer, ResultsByTime: [] } : answer;
      },
    }),
  );
  const { '2026-11': november } = await collect(source, {
    window: { from: '2026-11', to: '2026-11' },
  });
  expect(sumsOf(november)).toEqual({
    [`${SHOP} · service=checkout · AWS Lambda · Usage`]: [25, 25],
    [`${DATA} · rest · Other · Usage`]: [2500, 2500],
  });
  expect(november.ending).toMatchObject({
    totals: [{ effective: '2525' }],
    problems: [
      { severity: 'warning', message: expect.stringContaining('2500.00 USD') },
    ],
  });
});

it('never asks for more than Cost Explorer keeps, and for all of it in few calls', async () => {
  const source = sourceOf(await start([{ ...charge, from: '2025-01-01' }]));
  const months = Object.keys(await collect(source));
  expect(months).toHaveLength(14);
  expect(months[0]).toBe('2025-10');
  expect(endpoint.calls.length).toBe(8);
});

it('asks for the open months only, with one call an account and one for the totals', async () => {
  const accounts = Array.from({ length: 5 }, (_, i) => `${i + 1}`.repeat(12));
  const source = sourceOf(
    await start(
      accounts.map(account => ({ ...charge, account, from: '2025-01-01' })),
    ),
  );
  const budget = budgetOf(30);
  await collect(source, {
    window: { from: '2026-10', to: '2026-11' },
    budget,
  });
  expect(endpoint.calls).toHaveLength(6);
  expect(budget.spent).toBe(6);
});

it('does not pay twice for a closed month', async () => {
  const source = sourceOf(await start([{ ...charge, from: '2025-01-01' }]));
  const first = await collect(source);
  const published = new Map(
    Object.entries(first).map(([month, { ending }]) => [
      month,
      ending.type === 'complete' ? ending.fingerprint : '',
    ]),
  );
  endpoint.calls.length = 0;
  const second = await collect(source, { published });
  expect(
    Object.values(second).every(({ ending }) => ending.type === 'unchanged'),
  ).toBe(true);
  expect(endpoint.calls).toHaveLength(2);
});

it('asks again for a month that is no longer closed', async () => {
  await start([{ ...charge, from: '2026-10-01' }]);
  const { '2026-10': october } = await collect(
    sourceOf(endpoint, { restatedMonths: 0 }),
  );
  const published = new Map([
    [
      '2026-10',
      october.ending.type === 'complete' ? october.ending.fingerprint : '',
    ],
  ]);
  endpoint.bill = {
    charges: [{ ...charge, from: '2026-10-01', amortized: '2' }],
  };
  const { '2026-10': again } = await collect(sourceOf(endpoint), { published });
  expect(again.ending).toMatchObject({ totals: [{ effective: '62' }] });
});

it('carries what rounding leaves', async () => {
  const source = sourceOf(
    await start([{ ...charge, amortized: '0.0000000004', unblended: '0' }]),
  );
  const { '2026-11': november } = await collect(source);
  const nanos = november.rows.reduce(
    (sum, row) => sum + row.effectiveNanos,
    0n,
  );
  expect(nanos).toBe(10n);
});

it('says how far its data surely reaches', async () => {
  const source = sourceOf(
    await start([{ ...charge, from: '2026-09-01', to: '2026-11-26' }]),
  );
  const months = await collect(source);
  const through = Object.entries(months).map(([month, { ending }]) => [
    month,
    ending.type === 'complete' &&
      ending.dataThrough !== undefined &&
      new Date(ending.dataThrough * 86_400_000).toISOString().slice(0, 10),
  ]);
  expect(through).toEqual([
    ['2026-09', '2026-09-30'],
    ['2026-10', '2026-10-31'],
    ['2026-11', '2026-11-24'],
  ]);
});

it('says which day is the last one where Cost Explorer is behind', async () => {
  const source = sourceOf(await start([{ ...charge, to: '2026-11-20' }]));
  const { '2026-11': november } = await collect(source);
  expect(november.ending).toMatchObject({
    dataThrough: Date.parse('2026-11-19') / 86_400_000,
  });
});

it('keeps currencies apart', async () => {
  const source = sourceOf(
    await start([charge, { ...charge, currency: 'EUR', amortized: '3' }]),
  );
  const { '2026-11': november } = await collect(source);
  expect(november.ending).toMatchObject({
    totals: [
      { currency: 'EUR', effective: '75' },
      { currency: 'USD', effective: '25' },
    ],
  });
});

it('fails a month whose charges are gone, and keeps what was there', async () => {
  const source = sourceOf(await start([charge]));
  const { '2026-10': october } = await collect(source, {
    published: new Map([['2026-10', 'something']]),
  });
  expect(october.ending).toMatchObject({
    type: 'failed',
    problems: [{ message: expect.stringContaining('no charges any more') }],
  });
});

describe('a tag that no usage has', () => {
  it.each([
    ['is not active', ['team', 'Service'], "It knows 'Service', 'team'"],
    ['is active', ['service'], 'no resource with costs carries it'],
    ['is the first one', [], 'It knows none'],
  ])('says whether it %s', async (_, tagKeys, message) => {
    const source = sourceOf(await start([{ ...charge, tags: {} }]));
    endpoint.bill = { ...endpoint.bill, tagKeys };
    const { '2026-11': november } = await collect(source);
    expect(november.ending).toMatchObject({
      type: 'complete',
      problems: [
        { severity: 'warning', message: expect.stringContaining(message) },
      ],
    });
    expect(
      endpoint.calls.filter(({ operation }) => operation === 'GetTags'),
    ).toHaveLength(1);
  });

  it('says which right is missing to know', async () => {
    const source = sourceOf(await start([{ ...charge, tags: {} }]));
    endpoint.fail('AccessDeniedException', { operation: 'GetTags' });
    const { '2026-11': november } = await collect(source);
    expect(november.ending).toMatchObject({
      type: 'complete',
      problems: [{ severity: 'warning', missingRight: 'ce:GetTags' }],
    });
  });

  it('asks for cost categories likewise', async () => {
    const source = sourceOf(
      await start([{ ...charge, costCategories: { Team: 'a' } }]),
      { detailBy: { type: 'cost-category', key: 'team' } },
    );
    const { '2026-11': november } = await collect(source);
    expect(november.ending).toMatchObject({
      problems: [{ message: expect.stringContaining("It knows 'Team'") }],
    });
  });
});

it('adds up to the control totals to the last digit, whatever the bill', async () => {
  const amount = fc
    .tuple(
      fc.integer({ min: -99_999, max: 9_999_999 }),
      fc.integer({ min: 0, max: 10 }),
    )
    .map(([units, places]) =>
      new ExactDecimal(units).div(`1e${places}`).toFixed(),
    );
  const anyCharge = fc.record({
    account: fc.constantFrom(SHOP, DATA, '333333333333'),
    from: fc
      .integer({ min: 1, max: 25 })
      .map(day => `2026-11-${String(day).padStart(2, '0')}`),
    service: fc.constantFrom('AWS Lambda', 'Amazon S3', ''),
    recordType: fc.constantFrom(
      'Usage',
      'DiscountedUsage',
      'SavingsPlanCoveredUsage',
      'Savings Plan Negation',
      'SavingsPlanRecurringFee',
      'RIFee',
      'Tax',
      'Credit',
      'Bundled Discount',
      'Something New',
    ),
    currency: fc.constantFrom('USD', 'EUR'),
    tags: fc.constantFrom<Record<string, string>>(
      {},
      { service: 'a' },
      { service: 'b$c' },
    ),
    amortized: amount,
    unblended: amount,
  });
  await start([]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyCharge, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 3 }),
      async (charges, maxDetailAccounts) => {
        endpoint.bill = { charges };
        const { '2026-11': november } = await collect(
          sourceOf(endpoint, { maxDetailAccounts }),
          { window: { from: '2026-11', to: '2026-11' } },
        );
        const totals =
          november?.ending.type === 'complete' ? november.ending.totals : [];
        for (const currency of ['USD', 'EUR']) {
          for (const [basis, column] of [
            ['effective', 'amortized'],
            ['billed', 'unblended'],
          ] as const) {
            const billed = charges
              .filter(item => item.currency === currency)
              .reduce(
                (sum, item) => sum.plus(item[column]),
                new ExactDecimal(0),
              );
            const total = totals.find(item => item.currency === currency);
            expect(total?.[basis] ?? '0').toBe(billed.toFixed());
            const rows = november.rows
              .filter(row => row.currency === currency)
              .reduce((sum, row) => sum + row[`${basis}Nanos`], 0n);
            const services = new Set(november.rows.map(row => row.service));
            // Half a nano a service at most: the rest is carried.
            expect(
              billed.times('1e9').minus(String(rows)).abs().toNumber(),
            ).toBeLessThanOrEqual(services.size / 2);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
