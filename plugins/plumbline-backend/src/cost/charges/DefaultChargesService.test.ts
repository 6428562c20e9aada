import {
  ChargesFixture,
  databases,
  type Charge,
} from './__testUtils__/ChargesFixture';

import { dayToText } from '../../database';
import { ChargeStore } from './ChargeStore';

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

describe.each(databases.eachSupportedId())('buckets on %s', databaseId => {
  it('are what belongs to no entity, row by row', async () => {
    const fixture = await ChargesFixture.create(databaseId, [checkout, ledger]);
    await fixture.bill('2026-02', [
      ...charges,
      { date: '2026-02-07', resource: 1, lines: 4 },
      { date: '2026-02-08', resource: 2, commitment: 'Unused', lines: 1 },
    ]);
    await fixture.allocate([
      { resource: 'arn:a', entity: checkout },
      { resource: 'arn:b', entity: checkout, to: '2026-02-05' },
      { resource: '', entity: ledger, matchedBy: 'account' },
    ]);
    const store = ChargeStore.create(fixture);
    const [{ rows }] = await store.listPartitions({ from: 20_000, to: 21_000 });
    const currency = await fixture.database.knex('currency').first('id');
    const bucket = async (entityIds: number[]) => {
      const selection = {
        entityIds,
        window: { from: 20_000, to: 21_000 },
        currencyId: currency.id,
      };
      const sums = await store.sum(selection, rows!);
      const page = await store.page(selection, rows!, { limit: 10 });
      expect(page).toHaveLength(sums.rows);
      const figure = await fixture.database
        .knex('entity_cost_daily')
        .whereIn('entity_id', entityIds)
        .where(
          'generation_id',
          (
            await store.listPartitions(selection.window)
          )[0].entityGeneration,
        )
        .sum({ effective: 'effective' })
        .first();
      expect(String(sums.effective)).toBe(String(figure?.effective));
      return page.map(({ resource, day, category, lines }) => [
        resource.id,
        dayToText(day),
        category,
        lines,
      ]);
    };
    const unallocated = [
      ['arn:b', '2026-02-07', 'Usage', 4],
      ['arn:c', '2026-02-04', 'Usage', 1],
    ];
    const shared = [
      ['arn:c', '2026-02-08', 'Usage', 1],
      ['', '2026-02-04', 'Tax', 1],
    ];
    expect(await bucket([1])).toEqual(unallocated);
    expect(await bucket([2])).toEqual(shared);
    expect(await bucket([1, 2])).toEqual([...unallocated, ...shared]);
  });
});

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
      rowTotal: '3',
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

  it('stay as they were stated in a closed month', async () => {
    const fixture = await setUp();
    const { knex } = fixture.database;
    await knex('closed_month').insert({
      month: '2026-02',
      closed_at: new Date('2026-03-11T00:00:00Z'),
    });
    const moved = await knex('allocation')
      .join('resource', 'resource.id', 'allocation.resource_id')
      .where('resource.native_id', 'arn:b')
      .first('allocation.*');
    await knex('allocation_history').insert({
      ...moved,
      known_to: new Date('2026-03-12T00:00:00Z'),
    });
    await knex('allocation')
      .where({ resource_id: moved.resource_id })
      .update({ known_from: new Date('2026-03-12T00:00:00Z'), entity_id: 1 });
    const stated = await fixture.getCharges(checkout, february);
    expect(stated).toMatchObject({ total: '3', rowCount: 3, lineCount: 6 });
    expect(stated.sources?.[0].withoutRows).toBeUndefined();
    expect(
      await fixture.getCharges(checkout, { ...february, resource: 'arn:b' }),
    ).toMatchObject({ total: '1', rowCount: 1 });
  });

  it('name the queries that were asked, of the accounts of the figure', async () => {
    const fixture = await ChargesFixture.create(databaseId, [checkout]);
    const query = { kind: 'query' as const, rows: 3 };
    await fixture.bill('2026-02', charges, {
      origins: [
        { ...query, name: 'totals', askedAs: '999999999999' },
        { ...query, name: 'detail', accounts: ['111111111111'] },
        { ...query, name: 'of others', accounts: ['222222222222'] },
      ],
    });
    await fixture.allocate([{ resource: 'arn:a', entity: checkout }]);
    const { sources } = await fixture.getCharges(checkout, february);
    expect(sources?.[0]).toMatchObject({
      origins: {
        count: 2,
        named: [
          { ...query, name: 'totals', askedAs: '999999999999' },
          { ...query, name: 'detail' },
        ],
      },
      noSqlReason: expect.stringMatching(/run the queries above/),
    });
    expect(JSON.stringify(sources)).not.toContain('222222222222');
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
