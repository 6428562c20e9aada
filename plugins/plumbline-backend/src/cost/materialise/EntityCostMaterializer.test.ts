import fc from 'fast-check';
import type {
  ChargeCategory,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  collecting,
  emptyDatabase,
  liveSums,
  NOW,
  partition,
  sourceOf,
  testDatabases,
  usageRows,
} from '../../collect/__testUtils__/collecting';
import {
  firstDayOfMonth,
  nanosToDecimal,
  type PlumblineDatabase,
} from '../../database';

jest.setTimeout(120_000);

const FOREVER = [-2147483648, 2147483647];
const first = firstDayOfMonth('2026-02');

/** Makes two entities, and gives resources to them. */
async function allocate(
  database: PlumblineDatabase,
  allocations: [native: string, ref: string, from?: number, to?: number][],
): Promise<void> {
  const { knex } = database;
  await knex('allocation').delete();
  for (const [native, ref, from = FOREVER[0], to = FOREVER[1]] of allocations) {
    await knex('entity')
      .insert({ ref, kind: 'component', first_seen_at: NOW })
      .onConflict('ref')
      .ignore();
    const entity = await knex('entity').where({ ref }).first();
    const resource = await knex('resource')
      .where({ native_id: native })
      .first();
    await knex('allocation').insert({
      resource_id: resource.id,
      entity_id: entity.id,
      environment_id: 1,
      from_day: from,
      to_day: to,
      matched_by: 'arn',
    });
  }
  await knex('plumbline_state')
    .where({ key: 'bindings_version' })
    .update({ value: knex.raw('cast(cast(value as integer) + 1 as text)') });
}

/** Live effective sums by entity, as days and as months. */
async function byEntity(
  database: PlumblineDatabase,
): Promise<Record<string, string>> {
  const sumsOf = async (table: string) => {
    const rows = await database.query(
      `select e.ref as ref, k.code as code, cast(sum(c.effective) as text) as sum
       from cost_partition p join ${table} c on c.generation_id = p.entity_generation
       join entity e on e.id = c.entity_id join currency k on k.id = c.currency_id
       group by e.ref, k.code`,
    );
    return Object.fromEntries(
      rows.map(row => [
        `${row.ref} ${row.code}`,
        nanosToDecimal(String(row.sum)),
      ]),
    );
  };
  const daily = await sumsOf('entity_cost_daily');
  expect(await sumsOf('entity_cost_monthly')).toEqual(daily);
  return daily;
}

describe.each(testDatabases.eachSupportedId())(
  'EntityCostMaterializer on %s',
  databaseId => {
    async function setUp(now = NOW) {
      const database = await emptyDatabase(databaseId);
      return { database, ...collecting(database, { now: () => now }) };
    }
    const rows = usageRows('2026-02', 1_000_000_000n);

    it('gives what is allocated to its entity, and keeps shared and unallocated apart', async () => {
      const { database, collect } = await setUp();
      const charge = (
        resource: number,
        category: ChargeCategory,
        commitment?: 'Unused',
      ): DailyCost => ({
        ...rows[0],
        resource,
        category,
        commitment,
        effectiveNanos: 10_000_000_000n,
      });
      await collect(sourceOf(partition('2026-02', rows)));
      await allocate(database, [['a', 'component:default/one']]);
      await collect(
        sourceOf(
          partition('2026-02', [
            ...rows,
            charge(0, 'Tax'),
            charge(1, 'Tax'),
            charge(1, 'Credit'),
            charge(1, 'Purchase'),
            charge(1, 'Adjustment'),
            charge(1, 'Usage', 'Unused'),
          ]),
        ),
      );
      expect(await byEntity(database)).toEqual({
        'component:default/one USD': '38',
        // The usage of b and of charges that name no resource.
        'plumbline:unallocated USD': '56',
        'plumbline:shared USD': '50',
      });
    });

    it('follows an allocation from day to day', async () => {
      const { database, collect } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      await allocate(database, [
        ['a', 'component:default/one', FOREVER[0], first + 10],
        ['a', 'component:default/two', first + 10, first + 15],
      ]);
      await collect(sourceOf(partition('2026-02', rows)));
      expect(await byEntity(database)).toEqual({
        'component:default/one USD': '10',
        'component:default/two USD': '5',
        'plumbline:unallocated USD': '69',
      });
    });

    it('keeps taxes, credits and commitments from whoever only has the account', async () => {
      const { database, collect } = await setUp();
      const others: Partial<DailyCost>[] = [
        { category: 'Tax' },
        { category: 'Credit' },
        { category: 'Purchase' },
        { commitment: 'Unused' },
      ];
      const bill = [
        ...rows,
        ...others.map(other => ({
          ...rows[0],
          resource: 1,
          effectiveNanos: 10_000_000_000n,
          ...other,
        })),
      ];
      await collect(sourceOf(partition('2026-02', bill)));
      await allocate(database, [['b', 'component:default/one']]);
      await database.knex('allocation').update({ matched_by: 'account' });
      await collect(sourceOf(partition('2026-02', bill)));
      expect(await byEntity(database)).toEqual({
        'component:default/one USD': '28',
        'plumbline:unallocated USD': '56',
        'plumbline:shared USD': '40',
      });
    });

    it('gives nothing to an entity that left the catalog', async () => {
      const { database, collect } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      await allocate(database, [['a', 'component:default/gone']]);
      await database
        .knex('entity')
        .where({ ref: 'component:default/gone' })
        .update({ removed_at: NOW });
      await collect(sourceOf(partition('2026-02', rows)));
      expect(await byEntity(database)).toEqual({
        'plumbline:unallocated USD': '84',
      });
    });

    it('refuses to count a day for two entities', async () => {
      const { database, collect } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      await allocate(database, [
        ['a', 'component:default/one', FOREVER[0], first + 10],
        ['a', 'component:default/two', first + 9],
      ]);
      const before = await byEntity(database);
      await collect(sourceOf(partition('2026-02', rows)));
      expect(await byEntity(database)).toEqual(before);
      expect(
        (await database.knex('collection_run').orderBy('id', 'desc').first())
          .problems,
      ).toContain("don't add up");
    });

    it('makes open months anew when bindings changed, and lets closed ones stand', async () => {
      let now = NOW;
      const database = await emptyDatabase(databaseId);
      const { collect, materializer } = collecting(database, {
        now: () => now,
      });
      await collect(
        sourceOf(
          partition('2025-12', usageRows('2025-12', 1_000_000_000n)),
          partition('2026-02', rows),
        ),
      );
      await allocate(database, [['a', 'component:default/one']]);

      now = new Date('2026-03-12T00:00:00Z');
      expect(await materializer.rebuild()).toBe(1);
      expect(await byEntity(database)).toEqual({
        'component:default/one USD': '28',
        'plumbline:unallocated USD': '149',
      });
      expect(await liveSums(database)).toEqual({
        '2025-12': '93',
        '2026-02': '84',
      });
      // Nothing changed since.
      expect(await materializer.rebuild()).toBe(0);
      const december = await database
        .knex('cost_partition')
        .where({ month: '2025-12' })
        .first();
      expect(await materializer.rebuild({ partitionIds: [december.id] })).toBe(
        1,
      );
      expect((await byEntity(database))['component:default/one USD']).toBe(
        '59',
      );
    });

    it('rebuilds every month that was published within the last day', async () => {
      const { database, collect, materializer } = await setUp();
      await collect(
        sourceOf(partition('2025-06', usageRows('2025-06', 1_000_000_000n))),
      );
      await allocate(database, [['a', 'component:default/one']]);
      expect(await materializer.rebuild()).toBe(1);
      expect((await byEntity(database))['component:default/one USD']).toBe(
        '30',
      );
    });

    it('keeps the sum rule for any bill and any allocation', async () => {
      const { database, collect } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      const amount = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
      const rowArbitrary: fc.Arbitrary<DailyCost> = fc.record({
        resource: fc.nat(2),
        service: fc.nat(1),
        day: fc.integer({ min: first - 40, max: first + 27 }),
        currency: fc.constantFrom('USD', 'EUR'),
        category: fc.constantFrom('Usage', 'Tax', 'Credit', 'Purchase'),
        correction: fc.boolean(),
        commitment: fc.constantFrom(undefined, 'Used', 'Unused'),
        effectiveNanos: amount,
        billedNanos: amount,
      });
      const from = fc.integer({ min: first - 5, max: first + 15 });
      await fc.assert(
        fc.asyncProperty(
          fc.array(rowArbitrary, { maxLength: 60 }),
          from,
          fc.integer({ min: -4, max: 4 }),
          async (bill, day, rest) => {
            await allocate(database, [
              ['a', 'component:default/one', FOREVER[0], day],
              ['a', 'component:default/two', day + 2],
              ['b', 'component:default/two', day],
            ]);
            const batches = partition('2026-02', bill);
            const end = batches[batches.length - 1];
            if (end.type !== 'complete') {
              throw new Error('A partition ends with its completion');
            }
            // As exports do: totals are exact, rows are rounded.
            for (const total of end.totals) {
              total.effective = tenths(total.effective, rest);
            }
            await collect(sourceOf(batches));
            const stored = await byEntity(database);
            for (const { currency, effective } of end.totals) {
              const sum = Object.entries(stored)
                .filter(([key]) => key.endsWith(currency))
                .reduce((total, [, text]) => total + picos(text), 0n);
              const distance = sum - picos(effective);
              expect(distance < 1_000n && distance > -1_000n).toBe(true);
            }
          },
        ),
        { numRuns: 25 },
      );
    });
  },
);

/** Adds tenths of a nano to a decimal string. */
function tenths(text: string, count: number): string {
  return picosToText(picos(text) + BigInt(count) * 100n);
}

/** 10⁻¹² of a decimal string, for sums that no float blurs. */
function picos(text: string): bigint {
  const [, sign, whole, fraction = ''] =
    text.match(/^(-?)(\d+)(?:\.(\d+))?$/) ?? [];
  const value = BigInt(`${whole}${fraction.padEnd(12, '0')}`);
  return sign ? -value : value;
}

function picosToText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(13, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`;
}
