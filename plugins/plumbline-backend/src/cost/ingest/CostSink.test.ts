import type {
  CostBatch,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  collecting,
  emptyDatabase,
  ledger,
  liveSums,
  partition,
  sourceOf,
  testDatabases,
  usageRows,
} from '../../collect/__testUtils__/collecting';
import { nanosToDecimal } from '../../database';

jest.setTimeout(60_000);

const rows = usageRows('2026-02', 1_000_000_000n);
const [row] = rows;

describe.each(testDatabases.eachSupportedId())('CostSink on %s', databaseId => {
  async function setUp() {
    const database = await emptyDatabase(databaseId);
    return { database, ...collecting(database) };
  }

  it('adds up rows of the same key, whether they come in one batch or in many', async () => {
    const { database, collect } = await setUp();
    const many = Array.from({ length: 6_000 }, () => row);
    await collect(sourceOf(partition('2026-02', [...rows, ...many, ...rows])));
    expect(await liveSums(database)).toEqual({ '2026-02': '6168' });
    const [{ there }] = await database.query(
      'select count(*) as there from resource_cost_daily',
    );
    expect(Number(there)).toBe(84);
  });

  it('puts what rounding took into a row of its own, in the shared bucket', async () => {
    const { database, collect } = await setUp();
    await collect(
      sourceOf(
        partition('2026-02', rows, {
          totals: [
            {
              currency: 'USD',
              effective: '84.0000000214999',
              billed: '83.99999998',
            },
          ],
        }),
      ),
    );
    expect(await liveSums(database)).toEqual({ '2026-02': '84.000000021' });
    const rounding = await database.query(
      `select c.entity_id, cast(c.effective as text) as effective, cast(c.billed as text) as billed, c.day
       from entity_cost_daily c join charge_kind k on k.id = c.charge_kind_id where k.category = 'Rounding'`,
    );
    expect(rounding).toEqual([
      { entity_id: 2, effective: '21', billed: '-20', day: row.day },
    ]);
  });

  it('fails a partition whose total was not made from its rows, and goes on with the next', async () => {
    const { database, collect } = await setUp();
    await collect(sourceOf(partition('2026-01', usageRows('2026-01', 1n))));
    await collect(
      sourceOf(
        partition('2026-01', usageRows('2026-01', 2n), {
          totals: [
            // 93 rows may be off by 46.5 nanos at most.
            {
              currency: 'USD',
              effective: nanosToDecimal(2n * 93n + 47n),
              billed: nanosToDecimal(2n * 93n),
            },
          ],
        }),
        partition('2026-02', rows),
      ),
    );
    expect(await liveSums(database)).toEqual({
      '2026-01': '0.000000093',
      '2026-02': '84',
    });
    const [, run] = await ledger(database);
    expect(run).toMatchObject({ state: 'partial', published: 1, failed: 1 });
    expect(run.messages[0]).toContain("don't add up to the total");
  });

  it.each(['effective', 'billed'] as const)(
    'lets nothing go live that is a nano off in %s cost, however the total is rounded',
    async basis => {
      const { database, collect, materializer } = await setUp();
      const before = partition('2026-02', usageRows('2026-02', 1n));
      await collect(sourceOf(before));
      const { materialise } = materializer;
      jest.spyOn(materializer, 'materialise').mockImplementation(async of => {
        const made = await materialise.call(materializer, of);
        const [sums] = made.sums.values();
        sums[basis] += 1n;
        return made;
      });
      // With a nano more, what is stored is only half a nano away.
      const total = '84.0000000004999';
      await collect(
        sourceOf(
          partition('2026-02', rows, {
            fingerprint: 'anew',
            totals: [{ currency: 'USD', effective: total, billed: total }],
          }),
        ),
      );
      expect(await liveSums(database)).toEqual({ '2026-02': '0.000000084' });
      const [, run] = await ledger(database);
      expect(run.messages).toEqual([
        `Partition 2026-02: the stored rows in USD are 0.000000001 away from the ${basis} total ${total}`,
      ]);
    },
  );

  it('remembers what the latest lines say of resources, services and accounts', async () => {
    const { database, collect } = await setUp();
    const describe2 = (month: string, name: string, tags: object) =>
      partition(month, usageRows(month, 1n)).map(batch =>
        batch.type === 'resources'
          ? {
              ...batch,
              resources: batch.resources.map(resource => ({
                ...resource,
                accountName: `${name} account`,
                name,
                region: name === 'new' ? undefined : 'eu-central-1',
                tags: { ...tags },
              })),
            }
          : batch,
      );
    await collect(sourceOf(describe2('2026-02', 'new', { team: 'b' })));
    await collect(sourceOf(describe2('2026-01', 'old', { team: 'a' })));
    const resources = await database
      .knex('resource')
      .orderBy('id')
      .select('native_id', 'name', 'region', 'tags');
    expect(resources.slice(0, 2)).toEqual([
      { native_id: 'a', name: 'new', region: null, tags: '{"team":"b"}' },
      { native_id: 'b', name: 'new', region: null, tags: '{"team":"b"}' },
    ]);
    const [{ first_seen_at: first, last_seen_at: last }] = await database
      .knex('resource')
      .orderBy('id');
    expect(new Date(first)).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(new Date(last)).toEqual(new Date('2026-03-01T00:00:00Z'));

    await collect(
      sourceOf(
        describe2('2026-03', 'newest', {}),
        describe2('2026-03', 'newest', {}),
      ),
    );
    expect(
      await database.knex('resource').where({ id: 1 }).first(),
    ).toMatchObject({ name: 'newest', region: 'eu-central-1', tags: '{}' });
  });

  it('takes a partition without any rows', async () => {
    const { database, collect } = await setUp();
    await collect(sourceOf(partition('2026-02', rows)));
    await collect(sourceOf(partition('2026-02', [], { fingerprint: 'empty' })));
    expect(await liveSums(database)).toEqual({});
    expect(await database.knex('cost_partition').first()).toMatchObject({
      fingerprint: 'empty',
      first_day: null,
    });
  });

  it('tells the first day of usage from that of fees and corrections', async () => {
    const { database, collect } = await setUp();
    const [day] = rows.map(({ day: one }) => one).sort((a, b) => a - b);
    await collect(
      sourceOf(
        partition('2026-02', [
          { ...rows[0], day: day - 40, correction: true },
          { ...rows[0], day: day - 3, category: 'Tax' },
          ...rows,
        ]),
      ),
    );
    expect(await database.knex('cost_partition').first()).toMatchObject({
      first_day: day - 40,
      first_usage_day: day,
    });
  });

  const broken = (change: Partial<Record<keyof DailyCost, unknown>>) =>
    partition('2026-02', [
      ...rows,
      { ...row, currency: 'USD', ...change } as DailyCost,
    ]);
  const breaches: [string, CostBatch[], string][] = [
    ['a resource never announced', broken({ resource: 3 }), 'names resource 3'],
    ['a service never announced', broken({ service: -1 }), 'names service -1'],
    ['a day that is no day', broken({ day: 20_500.5 }), 'has day 20500.5'],
    ['a day long ago', broken({ day: 12 }), 'has day 12'],
    ['no currency', broken({ currency: 'usd' }), "'usd' is no currency"],
    ['no category', broken({ category: 'Fee' }), "'Fee' is no FOCUS"],
    ['no status', broken({ commitment: 'Some' }), "'Some' is no FOCUS"],
    [
      'a currency without total',
      partition('2026-02', rows, { totals: [] }),
      'no total in USD',
    ],
    [
      'no number for a total',
      partition('2026-02', rows, {
        totals: [{ currency: 'USD', effective: 'much', billed: '0' }],
      }),
      "'much' is no decimal number",
    ],
    [
      'another partition completed',
      partition('2026-02', rows, { partition: '2026-03' }),
      'completed as partition 2026-03',
    ],
    ['no month', partition('2026-2', rows), "'2026-2', which is no month"],
    ['rows before a partition', partition('2026-02', rows).slice(3), 'outside'],
    [
      'a partition within one',
      [
        ...partition('2026-02', rows).slice(0, -1),
        { type: 'partition', partition: '2026-03' },
      ],
      'begins before this one is complete',
    ],
    [
      'no end of a partition',
      partition('2026-02', rows).slice(0, -1),
      'ended before this partition did',
    ],
  ];

  it.each(breaches)(
    'refuses %s, names the source, and keeps the old data',
    async (_what, batches, message) => {
      const { database, collect } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      await collect({
        ...sourceOf(),
        collect: async function* collectCosts() {
          yield* batches;
        },
      });
      expect(await liveSums(database)).toEqual({ '2026-02': '84' });
      const [, run] = await ledger(database);
      expect(run.state).toBe('failed');
      expect(run.messages.join()).toContain(message);
      expect(run.messages.join()).toContain(
        message.startsWith("'much'") ? 'much' : 'fake:bill',
      );
    },
  );
});
