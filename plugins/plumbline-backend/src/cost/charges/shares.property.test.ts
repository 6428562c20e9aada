import type {
  ChargesQuery,
  EntityCharges,
} from '@plumbline/backstage-plugin-plumbline-common';
import fc from 'fast-check';
import { dayToText, nanosToDecimal } from '../../database';
import {
  allocationsOf,
  columnsOf,
  ENTITIES,
  FIRST_DAY,
  KINDS,
  metricsOf,
  planOf,
  propertyRuns,
  worldArbitrary,
  type World,
} from '../split/__testUtils__/worlds';
import { addDecimals } from './__testUtils__/addDecimals';
import { databases } from './__testUtils__/ChargesFixture';
import {
  categoryName,
  CURRENCIES,
  ENVIRONMENTS,
  SERVICES,
  WorldFixture,
} from './__testUtils__/WorldFixture';

jest.setTimeout(180_000);

const OWNERS = [3, 4, 5, 6];
/** Worlds in which there is something to share out. */
const sharingWorld = worldArbitrary.filter(
  ({ rows, rules }) => rows.length > 4 && rules.length > 0,
);
const ALL_DAYS = { from: FIRST_DAY - 1, to: FIRST_DAY + 60 };

/** A figure: whose, of which days, and what it is narrowed to. */
const figureArbitrary = fc.record({
  entity: fc.constantFrom(...OWNERS),
  dependencies: fc.oneof(
    fc.constant(undefined),
    fc.subarray(OWNERS, { minLength: 1 }),
  ),
  window: fc.oneof(
    fc.constant(ALL_DAYS),
    // Cuts months anywhere.
    fc
      .tuple(fc.nat(40), fc.integer({ min: 1, max: 20 }))
      .map(([skip, days]) => ({
        from: FIRST_DAY + skip,
        to: FIRST_DAY + skip + days,
      })),
  ),
  currency: fc.constantFrom(...CURRENCIES),
  basis: fc.constantFrom('effective' as const, 'billed' as const),
  narrowed: fc.oneof(
    fc.constant({}),
    fc.record({ service: fc.constantFrom(...SERVICES) }),
    fc.record({ environment: fc.constantFrom(...ENVIRONMENTS) }),
    fc.record({
      category: fc.constantFrom(
        ...[...KINDS.values()].map(({ category }) => categoryName(category)),
      ),
    }),
  ),
});

type FigureCase = typeof figureArbitrary extends fc.Arbitrary<infer T>
  ? T
  : never;

function open(
  fixture: WorldFixture,
  { entity, dependencies, window, narrowed, ...asked }: FigureCase,
): Promise<EntityCharges> {
  const query: ChargesQuery = {
    ...asked,
    ...narrowed,
    scope: dependencies ? 'with-dependencies' : 'own',
    from: dayToText(window.from),
    to: dayToText(window.to),
  };
  return fixture.open(
    entity,
    query,
    dependencies?.filter(id => id !== entity),
  );
}

/** What is listed: rows, what was received, less what was given. */
function listed({ rows, sources = [], basis }: EntityCharges): string {
  return addDecimals([
    ...rows.map(row => row[basis]),
    ...sources.flatMap(({ shares = [] }) =>
      shares.map(({ direction, amount }) =>
        direction === 'received' ? amount : negated(amount),
      ),
    ),
  ]);
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

/** What an entity gets of others and gives to them, as the rules themselves have it. */
function expectedShares(
  world: World,
  { entity, currency, basis }: FigureCase,
): Record<string, bigint> {
  const plan = planOf(world);
  plan.take(columnsOf(world.rows), allocationsOf(world));
  Array.from(plan.parts(metricsOf(plan, world)));
  const sums: Record<string, bigint> = {};
  for (const part of plan.shares()) {
    const other = [part.entity, part.from].find(id => id !== entity);
    const mine = part.entity === entity || part.from === entity;
    if (
      mine &&
      other !== undefined &&
      part.currency === CURRENCIES.indexOf(currency) + 1
    ) {
      const direction = part.entity === entity ? 'received' : 'given';
      const key = `${direction} ${other}`;
      sums[key] = (sums[key] ?? 0n) + part[basis];
    }
  }
  return sums;
}

function listedShares({ sources = [] }: EntityCharges): Record<string, string> {
  const amounts: Record<string, string[]> = {};
  for (const { direction, partner, amount } of sources.flatMap(
    ({ shares = [] }) => shares,
  )) {
    const other = Object.entries({
      ...ENTITIES,
      1: 'unallocated',
      2: 'shared',
    }).find(([, name]) => name === (partner?.entityRef ?? partner?.bucket));
    const key = `${direction} ${other?.[0]}`;
    amounts[key] = [...(amounts[key] ?? []), amount];
  }
  return Object.fromEntries(
    Object.entries(amounts).map(([key, all]) => [key, addDecimals(all)]),
  );
}

describe.each(databases.eachSupportedId())(
  'an opened figure with shares on %s',
  databaseId => {
    it('is its rows, and what was received less what was given, to the nano', async () => {
      const fixture = await WorldFixture.create(databaseId);
      let shares = 0;
      await fc.assert(
        fc.asyncProperty(
          sharingWorld,
          fc.array(figureArbitrary, { minLength: 1, maxLength: 6 }),
          async (world, figures) => {
            await fixture.fill(world);
            for (const figure of figures) {
              const charges = await open(fixture, figure);
              const { sources = [], rows, basis } = charges;
              expect(listed(charges)).toBe(charges.total);
              expect(sources.filter(({ withoutRows }) => withoutRows)).toEqual(
                [],
              );
              expect(addDecimals(sources.map(({ rowTotal }) => rowTotal))).toBe(
                addDecimals(rows.map(row => row[basis])),
              );
              shares += sources.filter(source => source.shares).length;
            }
          },
        ),
        { numRuns: propertyRuns(150), endOnFailure: true },
      );
      expect(shares).toBeGreaterThan(20);
    });

    it('names whose parts they are, with what the rules gave', async () => {
      const fixture = await WorldFixture.create(databaseId);
      await fc.assert(
        fc.asyncProperty(
          sharingWorld,
          figureArbitrary.map(figure => ({
            ...figure,
            dependencies: undefined,
            narrowed: {},
            window: ALL_DAYS,
          })),
          async (world, figure) => {
            await fixture.fill(world);
            const found = listedShares(await open(fixture, figure));
            const expected = Object.fromEntries(
              Object.entries(expectedShares(world, figure)).map(
                ([key, nanos]) => [key, nanosToDecimal(nanos)],
              ),
            );
            expect(found).toEqual(expected);
          },
        ),
        { numRuns: propertyRuns(100), endOnFailure: true },
      );
    });

    it('finds a deliberate error of one nano', async () => {
      const fixture = await WorldFixture.create(databaseId);
      const found = await fc.check(
        fc.asyncProperty(
          worldArbitrary,
          figureArbitrary,
          async (world, one) => {
            fc.pre(world.rows.length > 0);
            await fixture.fill(world);
            await fixture.database
              .knex('entity_share_daily')
              .increment('effective', 1);
            const charges = await open(fixture, {
              ...one,
              basis: 'effective',
              window: ALL_DAYS,
              dependencies: undefined,
              narrowed: {},
            });
            expect(listed(charges)).toBe(charges.total);
          },
        ),
        { numRuns: 200, endOnFailure: true },
      );
      expect(found.failed).toBe(true);
    });
  },
);
