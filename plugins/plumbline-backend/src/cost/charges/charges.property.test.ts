import type {
  ChargesQuery,
  CostQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import fc from 'fast-check';
import { addDecimals } from './__testUtils__/addDecimals';
import {
  ChargesFixture,
  databases,
  RESOURCES,
  type Charge,
} from './__testUtils__/ChargesFixture';

jest.setTimeout(180_000);

const entities = ['component:default/one', 'component:default/two'];
const window = { from: '2026-01-28', to: '2026-02-10' };
const days = [
  '2026-01-27',
  '2026-01-29',
  '2026-02-01',
  '2026-02-09',
  '2026-02-12',
];

const charge: fc.Arbitrary<Charge> = fc.record({
  date: fc.constantFrom(...days),
  resource: fc.nat({ max: RESOURCES.length - 1 }),
  service: fc.nat({ max: 1 }),
  currency: fc.constantFrom('USD', 'EUR'),
  category: fc.constantFrom(
    'Usage' as const,
    'Tax' as const,
    'Credit' as const,
  ),
  correction: fc.boolean(),
  effectiveNanos: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 18n }),
  billedNanos: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 18n }),
  lines: fc.integer({ min: 1, max: 1_000 }),
});

const allocation = fc.record({
  resource: fc.constantFrom(...RESOURCES),
  entity: fc.constantFrom(...entities),
  from: fc.constantFrom(undefined, '2026-02-01'),
  environment: fc.constantFrom('prod', 'dev'),
  matchedBy: fc.constantFrom('arn', 'account'),
});

const world = fc.record({
  january: fc.array(charge, { minLength: 1, maxLength: 20 }),
  february: fc.array(charge, { minLength: 1, maxLength: 20 }),
  allocations: fc.uniqueArray(allocation, { selector: item => item.resource }),
});

const question = fc.record({
  entity: fc.constantFrom(...entities),
  basis: fc.constantFrom('effective' as const, 'billed' as const),
  groupBy: fc.constantFrom(
    'service' as const,
    'resource' as const,
    'environment' as const,
  ),
  limit: fc.constantFrom(4, 1_000),
});

/** Every figure that the tab shows for a question, as the query that opens it. */
async function figuresOf(
  fixture: ChargesFixture,
  entity: string,
  query: CostQuery,
): Promise<{ open: ChargesQuery; total: string }[]> {
  const { groupBy = 'service', ...shared } = query;
  const costs = await fixture.getCosts(entity, query);
  return costs.currencies.flatMap(
    ({ currency, total, series, byChargeCategory }) => {
      const figure = { ...shared, currency };
      return [
        { open: figure, total },
        ...series.map(item => ({
          open: { ...figure, [groupBy]: item.key },
          total: item.total,
        })),
        ...byChargeCategory.map(item => ({
          open: { ...figure, category: item.category },
          total: item.total,
        })),
      ];
    },
  );
}

it.each(databases.eachSupportedId())(
  'every figure of the tab is the sum of its charges, to the nano, on %s',
  async databaseId => {
    const fixture = await ChargesFixture.create(databaseId, entities);
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(
        world,
        question,
        async (
          { january, february, allocations },
          { entity, limit, ...asked },
        ) => {
          await fixture.forget();
          await fixture.bill('2026-01', january);
          await fixture.bill('2026-02', february);
          await fixture.allocate(allocations);
          const query = { ...window, ...asked };
          for (const { open, total } of await figuresOf(
            fixture,
            entity,
            query,
          )) {
            const charges = await fixture.readAll(entity, { ...open, limit });
            const { rows } = charges;
            expect({
              open,
              total: charges.total,
              sum: addDecimals(rows.map(row => row[asked.basis])),
              sources: addDecimals(
                charges.sources?.map(source => source.total) ?? [],
              ),
              rows: charges.rowCount,
              lines: charges.lineCount,
              without: charges.sources?.filter(source => source.withoutRows),
            }).toEqual({
              open,
              total,
              sum: total,
              sources: total,
              rows: rows.length,
              lines: rows.reduce((sum, { lines }) => sum + (lines ?? NaN), 0),
              without: [],
            });
            opened += 1;
          }
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
    expect(opened).toBeGreaterThan(30);
  },
);
