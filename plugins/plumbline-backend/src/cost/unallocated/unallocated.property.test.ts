import fc from 'fast-check';
import type { DailyCost } from '@plumbline/backstage-plugin-plumbline-node';
import type {
  BucketName,
  UnallocatedGroupBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import { testDatabases } from '../../collect/__testUtils__/collecting';
import { dayToText, decimalToNanos, firstDayOfMonth } from '../../database';
import { BucketFixture, resources, usage } from './__testUtils__/BucketFixture';

jest.setTimeout(300_000);

const first = firstDayOfMonth('2026-02');
const SHARED = ['Tax', 'Credit', 'Purchase'];
/** Runs by database: one is as good as the other at adding up, and much slower. */
const RUNS = { SQLITE_3: 150, POSTGRES_15: 25 };

const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const charge: fc.Arbitrary<DailyCost> = fc
  .record({
    resource: fc.nat(resources.length - 1),
    service: fc.nat(1),
    // Late charges lie in the month before their billing month.
    day: fc.integer({ min: first - 12, max: first + 27 }),
    currency: fc.constantFrom('USD', 'EUR'),
    category: fc.constantFrom('Usage' as const, 'Tax', 'Credit', 'Purchase'),
    commitment: fc.constantFrom(undefined, 'Used' as const, 'Unused' as const),
    effectiveNanos: amount,
    billedNanos: amount,
  })
  .map(
    ({ resource, day, ...more }) => usage(resource, day, 0, more) as DailyCost,
  );

const isShared = ({ category, commitment }: DailyCost) =>
  SHARED.includes(category) || commitment === 'Unused';

describe.each(testDatabases.eachSupportedId())(
  'any bill and any ownership, on %s',
  databaseId => {
    it('is broken down into groups that add up to what nobody had on these days, to the nano', async () => {
      const fixture = await BucketFixture.create(databaseId);
      await fixture.collect({
        '2026-02': resources.map((_, index) => usage(index, first, 1)),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(charge, { minLength: 1, maxLength: 40 }),
          fc.record({
            index: fc.nat(resources.length - 1),
            from: fc.integer({ min: -12, max: 27 }),
            days: fc.integer({ min: 0, max: 20 }),
            restOfAccount: fc.boolean(),
          }),
          fc.record({
            from: fc.integer({ min: -20, max: 27 }),
            days: fc.integer({ min: 1, max: 45 }),
          }),
          fc.constantFrom<BucketName>('unallocated', 'shared'),
          fc.constantFrom<UnallocatedGroupBy>(
            'account',
            'service',
            'category',
            'tag',
            'resource',
          ),
          fc.constantFrom('effective' as const, 'billed' as const),
          async (bill, owned, days, bucket, groupBy, basis) => {
            const ownedFrom = first + owned.from;
            const ownedTo = ownedFrom + owned.days;
            await fixture.database.knex('allocation').delete();
            await fixture.allocate(owned.index, {
              from: ownedFrom,
              to: ownedTo,
              ...(owned.restOfAccount && { matchedBy: 'account' }),
            });
            await fixture.collect({ '2026-02': bill });

            const window = {
              from: first + days.from,
              to: first + days.from + days.days,
            };
            const isOwned = (row: DailyCost) =>
              row.resource === owned.index &&
              ownedFrom <= row.day &&
              row.day < ownedTo &&
              !(owned.restOfAccount && isShared(row));
            const expected = bill.filter(
              row =>
                row.currency === 'USD' &&
                window.from <= row.day &&
                row.day < window.to &&
                !isOwned(row) &&
                isShared(row) === (bucket === 'shared'),
            );
            const sum = expected.reduce(
              (total, row) =>
                total +
                (basis === 'effective' ? row.effectiveNanos : row.billedNanos),
              0n,
            );

            const costs = await fixture.costs({
              bucket,
              from: dayToText(window.from),
              to: dayToText(window.to),
              basis,
              currency: 'USD',
              groupBy,
              ...(groupBy === 'tag' && { tagKey: 'team' }),
            });
            const figure = costs.currencies.find(
              ({ currency }) => currency === 'USD',
            );
            expect(decimalToNanos(figure?.total ?? '0')).toBe(sum);
            expect(decimalToNanos(costs.total)).toBe(sum);
            expect(
              costs.groups.reduce(
                (total, group) => total + decimalToNanos(group.total),
                0n,
              ),
            ).toBe(sum);
            expect(costs.withoutDetail).toBeUndefined();
            expect(costs.resources).toBe(
              new Set(expected.map(({ resource }) => resource)).size,
            );
          },
        ),
        { numRuns: RUNS[databaseId as keyof typeof RUNS] ?? 25 },
      );
    });
  },
);
