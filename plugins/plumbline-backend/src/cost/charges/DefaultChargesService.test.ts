import {
  ChargesFixture,
  databases,
  type Charge,
} from './__testUtils__/ChargesFixture';

jest.setTimeout(60_000);

const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';
const february = { from: '2026-02-01', to: '2026-03-01', currency: 'USD' };

const lineQuery = {
  tool: 'DuckDB' as const,
  before: "SET TimeZone = 'UTC';",
  lines: "SELECT *\nFROM 'a.parquet'",
};
const origins = [{ kind: 'file' as const, name: 'a.parquet', rows: 9 }];

const charges: Charge[] = [
  { date: '2026-02-02', lines: 3 },
  { date: '2026-02-03', lines: 2, service: 1 },
  { date: '2026-02-03', lines: 1, resource: 1 },
  { date: '2026-02-04', lines: 1, resource: 2 },
  { date: '2026-02-04', lines: 1, resource: 3, category: 'Tax' },
  { date: '2026-02-05', lines: 1, resource: 3 },
];

describe.each(databases.eachSupportedId())('charges on %s', databaseId => {
  async function setUp() {
    const fixture = await ChargesFixture.create(databaseId, [checkout, ledger]);
    await fixture.bill('2026-02', charges, { origins, lineQuery });
    await fixture.allocate([
      { resource: 'arn:a', entity: checkout },
      { resource: 'arn:b', entity: checkout, from: '2026-02-03' },
      { resource: 'arn:c', entity: ledger },
      { resource: '', entity: ledger, matchedBy: 'account' },
    ]);
    return fixture;
  }

  it('tell the rows of a figure, the lines behind them, and where they come from', async () => {
    const fixture = await setUp();
    const answer = await fixture.getCharges(checkout, february);
    expect(answer).toMatchObject({
      entityRef: checkout,
      scope: 'own',
      total: '3',
      rowCount: 3,
      lineCount: 6,
    });
    expect(answer.rows).toEqual([
      {
        day: '2026-02-02',
        month: '2026-02',
        source: 'fake:bill',
        service: 'AWS Lambda',
        category: 'Usage',
        correction: false,
        resource: { id: 'arn:a', provider: 'AWS', accountId: '111111111111' },
        effective: '1',
        billed: '1',
        lines: 3,
      },
      expect.objectContaining({ day: '2026-02-03', service: 'Amazon SQS' }),
      expect.objectContaining({
        resource: expect.objectContaining({ id: 'arn:b' }),
      }),
    ]);
    const [source, ...others] = answer.sources ?? [];
    expect(others).toEqual([]);
    expect(source).toEqual({
      source: 'fake:bill',
      title: 'The bill',
      month: '2026-02',
      publishedAt: expect.stringMatching(/^2026-03-10T/),
      fingerprint: 'bill 0',
      total: '3',
      rowCount: 3,
      lineCount: 6,
      origins: { count: 1, named: origins },
      filter: [
        { column: 'BillingCurrency', operator: 'in', values: ['USD'] },
        {
          column: 'ChargePeriodStart',
          operator: 'from',
          values: ['2026-02-01'],
        },
        {
          column: 'ChargePeriodStart',
          operator: 'before',
          values: ['2026-03-01'],
        },
        { column: 'ResourceId', operator: 'in', values: ['arn:a'] },
        {
          column: 'ResourceId',
          operator: 'in',
          values: ['arn:b'],
          days: { from: '2026-02-03', to: '2026-03-01' },
        },
      ],
      sql: `SET TimeZone = 'UTC';
WITH line AS (
  SELECT *
  FROM 'a.parquet'
)
SELECT sum(EffectiveCost) AS total, count(*) AS lines
FROM line
WHERE BillingCurrency = 'USD'
  AND ChargePeriodStart >= DATE '2026-02-01'
  AND ChargePeriodStart < DATE '2026-03-01'
  AND (ProviderName = 'AWS'
    AND ResourceId IN ('arn:a')
  OR ProviderName = 'AWS'
    AND ChargePeriodStart >= DATE '2026-02-03'
    AND ChargePeriodStart < DATE '2026-03-01'
    AND ResourceId IN ('arn:b'));`,
    });
  });

  it('leave shared charges out of what came with the rest of an account, and say so', async () => {
    const fixture = await setUp();
    const { total, rows, sources } = await fixture.getCharges(ledger, february);
    expect(total).toBe('2');
    expect(rows.map(({ category }) => category)).toEqual(['Usage', 'Usage']);
    expect(sources?.[0].withoutRows).toBeUndefined();
    expect(sources?.[0].filter).toEqual(
      expect.arrayContaining([
        { column: 'SubAccountId', operator: 'in', values: ['111111111111'] },
        { column: 'ResourceId', operator: 'in', values: [''] },
        {
          column: 'ChargeCategory',
          operator: 'not in',
          values: ['Tax', 'Credit', 'Adjustment', 'Purchase'],
        },
      ]),
    );
    expect(sources?.[0].sql).toContain(
      "ResourceId = ''\n    AND SubAccountId IN ('111111111111')",
    );
  });

  it('come page by page, and say so when the bill is replaced meanwhile', async () => {
    const fixture = await setUp();
    const first = await fixture.getCharges(checkout, { ...february, limit: 2 });
    expect(first.rows).toHaveLength(2);
    const cursor = first.nextCursor;
    const second = await fixture.getCharges(checkout, {
      ...february,
      limit: 2,
      cursor,
    });
    expect(second).toMatchObject({ total: '3', rowCount: 3 });
    expect(second.sources).toBeUndefined();
    expect(second.rows).toHaveLength(1);
    expect(second.nextCursor).toBeUndefined();

    await fixture.bill('2026-02', charges.slice(1));
    await expect(
      fixture.getCharges(checkout, { ...february, cursor }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('Start again with the first page'),
    });
    for (const foreign of ['x', 'WzFd', 'bnVsbA']) {
      await expect(
        fixture.getCharges(checkout, { ...february, cursor: foreign }),
      ).rejects.toThrow(/none of this list/);
    }
  });

  it('go on with the next month of the bill', async () => {
    const fixture = await setUp();
    await fixture.bill('2026-01', [
      { date: '2026-01-30' },
      { date: '2026-02-02' },
    ]);
    const answer = await fixture.readAll(checkout, { ...february, limit: 1 });
    expect(answer.rows.map(({ month, day }) => `${month} ${day}`)).toEqual([
      '2026-01 2026-02-02',
      '2026-02 2026-02-02',
      '2026-02 2026-02-03',
      '2026-02 2026-02-03',
    ]);
    expect(answer.total).toBe('4');
    // Lines of January were not counted.
    expect(answer.lineCount).toBeUndefined();
    expect(
      answer.sources?.map(source => [source.month, source.lineCount]),
    ).toEqual([
      ['2026-01', undefined],
      ['2026-02', 6],
    ]);
    expect(answer.sources?.[0].noSqlReason).toMatch(
      /before its files were recorded/,
    );
  });

  it('tell what is without rows: relinked resources, and months kept as sums', async () => {
    const fixture = await setUp();
    const { knex } = fixture.database;
    await knex('allocation')
      .whereIn(
        'resource_id',
        knex('resource').where({ native_id: 'arn:b' }).select('id'),
      )
      .delete();
    const relinked = await fixture.getCharges(checkout, february);
    expect(relinked).toMatchObject({ total: '3', rowCount: 2 });
    expect(relinked.sources?.[0].withoutRows).toEqual({
      amount: '1',
      reason: 'relinked',
    });

    await knex('cost_partition').update({ resource_generation: null });
    const summed = await fixture.getCharges(checkout, february);
    expect(summed).toMatchObject({ total: '3', rowCount: 0, rows: [] });
    expect(summed.sources?.[0]).toMatchObject({
      withoutRows: { amount: '3', reason: 'days-forgotten' },
      noSqlReason: expect.stringMatching(/Only the sums/),
    });
  });

  it('find nothing by names that nobody has', async () => {
    const fixture = await setUp();
    for (const nobody of [
      { currency: 'XXX' },
      { service: 'x' },
      { category: 'x' },
      { environment: 'x' },
      { resource: 'x' },
    ]) {
      expect(
        await fixture.getCharges(checkout, { ...february, ...nobody }),
      ).toMatchObject({ total: '0', rowCount: 0, rows: [], sources: [] });
    }
  });

  it('bound what they list', async () => {
    const fixture = await setUp();
    const { knex } = fixture.database;
    const [{ resource_generation: generation }] = await knex('cost_partition');
    const account = await knex('account')
      .where({ provider: 'AWS' })
      .first('id');
    const entity = await knex('entity').where({ ref: checkout }).first('id');
    const kinds = await knex('resource_cost_daily').first();
    const added = await fixture.database.insertRecords(
      'resource',
      [
        { name: 'account_id', type: 'integer' },
        ...['resource_key', 'native_id', 'tags'].map(name => ({
          name,
          type: 'text' as const,
        })),
        { name: 'first_seen_at', type: 'instant' },
        { name: 'last_seen_at', type: 'instant' },
      ],
      Array.from({ length: 1_001 }, (_, index) => ({
        account_id: account.id,
        resource_key: `many ${index}`,
        native_id: `arn:many:${index}`,
        tags: '{}',
        first_seen_at: new Date(0),
        last_seen_at: new Date(0),
      })),
      'returning id',
    );
    const environment = await fixture.costs.environment('prod');
    await knex.batchInsert(
      'allocation',
      added.map(({ id }) => ({
        resource_id: id,
        from_day: -2147483648,
        to_day: 2147483647,
        entity_id: entity.id,
        environment_id: environment,
        matched_by: 'arn',
      })),
      100,
    );
    await knex.batchInsert(
      'resource_cost_daily',
      added.map(({ id }) => ({
        ...kinds,
        generation_id: generation,
        resource_id: id,
      })),
      50,
    );
    const { sources } = await fixture.getCharges(checkout, february);
    const ids = sources?.[0].filter.find(
      ({ column }) => column === 'ResourceId',
    );
    expect(ids?.values).toHaveLength(100);
    expect(ids?.more).toBeGreaterThan(800);
    expect(sources?.[0].sql).toBeUndefined();
    expect(sources?.[0].noSqlReason).toMatch(/more than 1,000 resources/);
  });
});
