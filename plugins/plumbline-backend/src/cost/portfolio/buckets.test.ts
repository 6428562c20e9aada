import fc from 'fast-check';
import { decimalToNanos, nanosToDecimal } from '../../database';
import { units, type TestCost } from '../testUtils';
import { databases, PortfolioFixture } from './__testUtils__/PortfolioFixture';

jest.setTimeout(120_000);

const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';
const shared = 'plumbline:shared';
const unallocated = 'plumbline:unallocated';

async function create(id: 'SQLITE_3' | string): Promise<PortfolioFixture> {
  const fixture = await PortfolioFixture.create(
    id as Parameters<typeof PortfolioFixture.create>[0],
  );
  await fixture.costs.addEntities([
    { ref: checkout, owner: 'group:default/shop' },
    { ref: ledger },
  ]);
  await fixture.costs.addSources([
    { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
  ]);
  return fixture;
}

describe.each(databases.eachSupportedId())('what belongs to nobody, %p', id => {
  it('has rows of its own, with unused commitments inside the shared cost', async () => {
    const fixture = await create(id);
    await fixture.costs.addCosts([
      { entity: checkout, day: '2026-02-02', effective: units(50) },
      { entity: unallocated, day: '2026-02-02', effective: units(20) },
      {
        entity: shared,
        day: '2026-02-02',
        effective: units(25),
        category: 'Tax',
      },
      {
        entity: shared,
        day: '2026-03-02',
        effective: units(5),
        commitment: 'Unused',
      },
    ]);
    const answer = await fixture.get();
    expect(answer.rows.map(({ key, share }) => [key, share])).toEqual([
      ['group:default/shop', '0.5'],
    ]);
    expect(answer.unallocated).toMatchObject([
      { currency: 'USD', total: '20', share: '0.2' },
    ]);
    expect(answer.shared).toMatchObject([
      {
        total: '30',
        toDate: '5',
        unusedCommitments: {
          total: '5',
          months: [
            { month: '2026-02', amount: '0' },
            { month: '2026-03', amount: '5' },
          ],
        },
      },
    ]);
    expect(answer.totals).toMatchObject([
      { total: '50', rows: 1, everything: { total: '100', share: '1' } },
    ]);
  });

  it('is in nothing that is shown to who may not see it', async () => {
    const fixture = await create(id);
    const costs = [{ entity: checkout, day: '2026-02-02', effective: 50n }];
    await fixture.costs.addCosts(costs);
    fixture.seesBuckets = false;
    const without = await fixture.get();
    await fixture.costs.addCosts([
      { entity: unallocated, day: '2026-02-02', effective: 7n },
      { entity: shared, day: '2026-03-02', effective: 9n },
      {
        entity: shared,
        day: '2026-03-02',
        effective: 9n,
        currency: 'EUR',
        environment: 'attic',
      },
    ]);
    expect(await fixture.get()).toEqual(without);
  });
});

it('leaves nothing out: rows, shared and unallocated are the whole bill, to the last nano', async () => {
  const entities = [checkout, ledger, shared, unallocated];
  const charge: fc.Arbitrary<TestCost> = fc.record({
    entity: fc.constantFrom(...entities),
    day: fc.constantFrom('2026-02-01', '2026-02-28', '2026-03-07'),
    effective: fc.bigInt(-(10n ** 17n), 10n ** 17n),
    billed: fc.bigInt(-(10n ** 17n), 10n ** 17n),
    currency: fc.constantFrom('USD', 'EUR'),
    environment: fc.constantFrom('prod', 'stage'),
    service: fc.constantFrom('Lambda', 'SQS'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(charge, { minLength: 1, maxLength: 30 }),
      fc.constantFrom('owner', 'environment', 'entity' as const),
      fc.constantFrom('effective', 'billed' as const),
      async (charges, by, basis) => {
        const fixture = await create('SQLITE_3');
        await fixture.costs.addCosts(charges);
        const answer = await fixture.get({
          by: by as 'owner',
          basis: basis as 'billed',
        });
        for (const currency of ['USD', 'EUR']) {
          const sumOf = (parts: { currency: string; total: string }[] = []) =>
            parts
              .filter(part => part.currency === currency)
              .reduce((sum, { total }) => sum + decimalToNanos(total), 0n);
          const whole = charges
            .filter(one => one.currency === currency)
            .reduce((sum, one) => sum + (one[basis as 'billed'] ?? 0n), 0n);
          expect(
            nanosToDecimal(
              sumOf(answer.rows) +
                sumOf(answer.shared) +
                sumOf(answer.unallocated),
            ),
          ).toBe(nanosToDecimal(whole));
          const total = answer.totals.find(one => one.currency === currency);
          expect(total?.everything?.total ?? '0').toBe(nanosToDecimal(whole));
        }
      },
    ),
    { numRuns: 25 },
  );
});
