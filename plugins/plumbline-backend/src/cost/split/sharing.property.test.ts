import fc from 'fast-check';
import type { JsonObject } from '@backstage/types';
import {
  databases,
  entity,
} from '../../bindings/__testUtils__/BindingsFixture';
import {
  FIRST,
  has,
  line,
  SharingFixture,
} from './__testUtils__/SharingFixture';
import { propertyRuns } from './__testUtils__/worlds';

jest.setTimeout(24 * 3_600_000);

const ref = (name: string) => `component:default/${name}`;

const lineArbitrary = fc
  .record({
    resource: fc.constantFrom('a' as const, 'b' as const, '' as const),
    nanos: fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
    billedNanos: fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
    currency: fc.constantFrom('USD', 'EUR', 'JPY'),
    day: fc.integer({ min: FIRST - 3, max: FIRST + 27 }),
    service: fc.constantFrom(0, 1),
    category: fc.constantFrom(
      'Usage' as const,
      'Tax' as const,
      'Credit' as const,
      'Purchase' as const,
    ),
    correction: fc.boolean(),
    commitment: fc.constantFrom(undefined, 'Used' as const, 'Unused' as const),
  })
  .map(({ resource, nanos, ...more }) => line(resource, nanos, more));

const sharesArbitrary = fc.record({
  two: fc.integer({ min: 1, max: 9 }),
  three: fc.integer({ min: 1, max: 9 }),
  spread: fc.constantFrom('proportional', 'equal', 'none'),
  from: fc.constantFrom(undefined, '2026-02-01', '2026-02-10'),
});

/** A day in the company’s life: who has what, the rules, and the bill as it is delivered. */
const stepArbitrary = fc.record({
  owners: fc.tuple(
    fc.constantFrom('one', 'two', 'three'),
    fc.constantFrom('one', 'two', 'three'),
  ),
  gone: fc.constantFrom(undefined, 'two', 'three'),
  rules: sharesArbitrary,
  lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 12 }),
});

function allocationOf(rules: {
  two: number;
  three: number;
  spread: string;
  from?: string;
}): JsonObject {
  const { two, three, spread, from } = rules;
  const dated = from ? { from } : {};
  return {
    shares: [
      {
        entity: ref('one'),
        by: 'fixed',
        consumers: [
          { entity: ref('two'), weight: two },
          { entity: ref('three'), weight: three },
        ],
        ...dated,
      },
    ],
    split: [
      {
        name: 'tax',
        match: { categories: ['Tax', 'Purchase'] },
        spread,
        ...dated,
      },
    ],
  };
}

function catalog(owners: readonly string[], gone: string | undefined) {
  return ['one', 'two', 'three']
    .filter(name => name !== gone)
    .map(name =>
      entity(
        `Component:${name}`,
        has(...['a', 'b'].filter((_, index) => owners[index] === name)),
      ),
    );
}

type Costs = {
  key: string;
  currency: string;
  effectiveNanos: bigint;
  billedNanos: bigint;
}[];

/** Effective and billed nanos by key, without what adds up to nothing. */
function sumsBy<K extends string>(
  key: K,
  amounts: readonly (Record<K, string> &
    Pick<Costs[number], 'effectiveNanos' | 'billedNanos'>)[],
): Record<string, string> {
  const sums = new Map<string, [bigint, bigint]>();
  for (const { [key]: of, effectiveNanos, billedNanos } of amounts) {
    const [effective, billed] = sums.get(of) ?? [0n, 0n];
    sums.set(of, [effective + effectiveNanos, billed + billedNanos]);
  }
  return Object.fromEntries(
    [...sums]
      .filter(([, [effective, billed]]) => effective !== 0n || billed !== 0n)
      .map(([of, both]) => [of, both.join(' ')]),
  );
}

describe.each(databases.eachSupportedId())(
  'sharing in a life on %s',
  databaseId => {
    it('adds up to every delivery, and restates a closed month in money only', async () => {
      const fixture = await SharingFixture.create(databaseId);
      /** By entity and currency. */
      const costs = async (): Promise<Costs> => {
        const rows = await fixture.database.query(
          `select c.entity_id as entity, y.code as currency, cast(sum(c.effective) as text) as effective,
             cast(sum(c.billed) as text) as billed
           from cost_partition p join entity_cost_daily c on c.generation_id = p.entity_generation
           join currency y on y.id = c.currency_id group by c.entity_id, y.code`,
        );
        return rows.map(({ entity: of, currency, effective, billed }) => ({
          key: `${of} ${currency}`,
          currency: String(currency),
          effectiveNanos: BigInt(String(effective)),
          billedNanos: BigInt(String(billed)),
        }));
      };
      await fc.assert(
        fc.asyncProperty(
          fc.array(stepArbitrary, { minLength: 1, maxLength: 3 }),
          fc.nat(2),
          async (steps, closing) => {
            await fixture.database.knex('closed_month').delete();
            for (const [index, step] of steps.entries()) {
              const closed = index > closing;
              const { lines } = steps[closed ? closing : index];
              const before = await costs();
              fixture.bindings.nextDay();
              fixture.bindings.entities = catalog(step.owners, step.gone);
              await fixture.bindings.pass();
              await fixture.configure(allocationOf(step.rules));
              await fixture.materializer.rebuild();
              await fixture.deliver(...lines);
              const after = await costs();
              expect(sumsBy('currency', after)).toEqual(
                sumsBy('currency', lines),
              );
              // The same lines once more, after bindings and rules have changed: not a nano moves.
              expect(sumsBy('key', closed ? after : [])).toEqual(
                sumsBy('key', closed ? before : []),
              );
              if (index === closing) {
                await fixture.close();
              }
            }
          },
        ),
        { numRuns: propertyRuns(15) },
      );
    });
  },
);
