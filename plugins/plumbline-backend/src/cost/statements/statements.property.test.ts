import fc from 'fast-check';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { testDatabases } from '../../collect/__testUtils__/collecting';
import { decimalToNanos } from '../../database';
import type { Rule } from '../split';
import {
  StatementsFixture,
  type TestCharge,
} from './__testUtils__/StatementsFixture';
import { StatementStore } from './StatementStore';

jest.setTimeout(24 * 60 * 60 * 1000);

/** How many histories are tried; few by default, so that the suite stays quick. */
const RUNS = Number(process.env.PLUMBLINE_PROPERTY_RUNS ?? 12);

const MONTHS = ['2025-12', '2026-01', '2026-02'];
const SOURCES = ['focus:aws', 'focus:azure'];
const ENTITIES = ['component:default/one', 'component:default/two'].map(ref =>
  toEntityRef(ref),
);
const RESOURCES = ['a', 'b', 'c', ''];

const amount = fc.oneof(
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
);

const charge: fc.Arbitrary<TestCharge> = fc.record({
  resource: fc.constantFrom(...RESOURCES),
  effective: amount,
  billed: amount,
  service: fc.constantFrom('Lambda', 'DynamoDB', 'Support'),
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
  category: fc.constantFrom('Usage', 'Credit', 'Tax', 'Purchase', 'Adjustment'),
  correction: fc.boolean(),
  day: fc.integer({ min: -40, max: 60 }),
});

const month = fc.constantFrom(...MONTHS);

const weight = fc.constantFrom('1', '2', '7', '0.3');

/** What one entity has is borne by both, and tax by everybody; or each keeps its own. */
const rules: fc.Arbitrary<Rule[]> = fc
  .record({
    weights: fc.tuple(weight, weight),
    shares: fc.boolean(),
    spread: fc.constantFrom(
      'none' as const,
      'proportional' as const,
      'equal' as const,
    ),
    dated: fc.boolean(),
  })
  .map(({ weights, shares, spread, dated }): Rule[] => {
    // 2026-01-10
    const from = dated ? { from: 20_463 } : {};
    return [
      ...(shares
        ? [
            {
              kind: 'share' as const,
              entityRef: ENTITIES[0],
              by: 'fixed' as const,
              consumers: ENTITIES.map((entityRef, index) => ({
                entityRef,
                weight: weights[index],
              })),
              origin: { kind: 'operator' as const },
              ...from,
            },
          ]
        : []),
      {
        kind: 'split',
        name: 'Tax',
        match: { categories: ['tax', 'credit'] },
        spread,
        ...from,
      },
    ];
  });

/** Something that happens. */
type Event =
  | {
      what: 'deliver';
      month: string;
      source: string;
      charges: TestCharge[];
      rest: number;
    }
  | { what: 'deliver the same'; month: string; source: string }
  | { what: 'fail'; month: string; source: string }
  | { what: 'move'; resource: string; entity: string; rebuild: boolean }
  | { what: 'share'; rules: Rule[]; rebuild: boolean }
  | { what: 'days pass'; days: number }
  | { what: 'close'; month: string; killed: boolean }
  | { what: 'restate'; month: string; killed: boolean };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('deliver' as const),
      month,
      source: fc.constantFrom(...SOURCES),
      charges: fc.array(charge, { maxLength: 8 }),
      rest: fc.integer({ min: -400_000_000, max: 400_000_000 }),
    }),
  },
  fc.record({
    what: fc.constant('deliver the same' as const),
    month,
    source: fc.constantFrom(...SOURCES),
  }),
  fc.record({
    what: fc.constant('fail' as const),
    month,
    source: fc.constantFrom(...SOURCES),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('move' as const),
      resource: fc.constantFrom(...RESOURCES),
      entity: fc.constantFrom(...ENTITIES),
      rebuild: fc.boolean(),
    }),
  },
  fc.record({
    what: fc.constant('share' as const),
    rules,
    rebuild: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('days pass' as const),
    days: fc.integer({ min: 1, max: 20 }),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('close' as const),
      month,
      killed: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('restate' as const),
      month,
      killed: fc.boolean(),
    }),
  },
);

/** A database on which things happen, and what is known of it without looking. */
class History {
  readonly #delivered = new Map<string, TestCharge[]>();

  constructor(readonly fixture: StatementsFixture) {}

  async happen(next: Event): Promise<void> {
    const { fixture } = this;
    switch (next.what) {
      case 'deliver':
        this.#delivered.set(`${next.source} ${next.month}`, next.charges);
        await fixture.deliver({
          ...next,
          // Rounding takes half a nano a row at most.
          rest: next.charges.length > 0 ? next.rest : 0,
        });
        break;
      case 'deliver the same': {
        const charges = this.#delivered.get(`${next.source} ${next.month}`);
        if (charges) {
          await fixture.deliver({ ...next, charges });
        }
        break;
      }
      case 'fail':
        await fixture.fail(next.month, next.source);
        break;
      case 'move':
        fixture.give(next.resource, next.entity);
        if (next.rebuild) {
          await fixture.rebuild();
        }
        break;
      case 'share':
        await fixture.share(next.rules);
        if (next.rebuild) {
          await fixture.rebuild();
        }
        break;
      case 'days pass':
        fixture.now = new Date(
          fixture.now.getTime() + next.days * 24 * 60 * 60 * 1000,
        );
        break;
      case 'close':
        await maybeKilled(next.killed, signal =>
          fixture.closer.close({
            month: next.month,
            occasion: 'hand',
            force: { reason: 'a test' },
            signal,
          }),
        );
        break;
      default:
        await maybeKilled(next.killed, async signal => {
          if (await fixture.closed.closedAt(next.month)) {
            await fixture.restater.restate(next.month, signal);
          }
        });
    }
  }
}

/** Acts; or stops on the way as a killed process does, which clears nothing away. */
async function maybeKilled(
  killed: boolean,
  act: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const giveUp = killed
    ? jest
        .spyOn(StatementStore.prototype, 'publish')
        .mockRejectedValue(new Error('killed'))
    : undefined;
  const clearAway = killed
    ? jest.spyOn(StatementStore.prototype, 'giveUp').mockResolvedValue()
    : undefined;
  try {
    await act(new AbortController().signal);
  } catch (error) {
    const refused = (error as Error).name === 'ConflictError';
    if (!refused && (error as Error).message !== 'killed') {
      throw error;
    }
  } finally {
    giveUp?.mockRestore();
    clearAway?.mockRestore();
  }
}

async function expectFrozen(
  fixture: StatementsFixture,
  before: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, string>> {
  const now = await fixture.frozenLines();
  for (const [statement, lines] of before) {
    expect(now.get(statement)).toBe(lines);
  }
  return now;
}

/** What the live deliveries' own totals come to, in nanos. */
async function totalsOf(
  fixture: StatementsFixture,
  of: string,
): Promise<Record<string, bigint>> {
  const rows = await fixture.database
    .knex('cost_partition')
    .where({ month: of })
    .whereNotNull('entity_generation')
    .pluck('totals');
  const sums: Record<string, bigint> = {};
  for (const { currency, effective } of rows.flatMap(text =>
    JSON.parse(text),
  )) {
    sums[currency] = (sums[currency] ?? 0n) + decimalToNanos(effective);
  }
  return withoutZero(sums);
}

function byCurrency(sums: Record<string, string>): Record<string, bigint> {
  const totals: Record<string, bigint> = {};
  for (const [key, sum] of Object.entries(sums)) {
    const [, currency] = key.split(' ');
    totals[currency] = (totals[currency] ?? 0n) + decimalToNanos(sum);
  }
  return withoutZero(totals);
}

function withoutZero(sums: Record<string, bigint>): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, sum]) => sum !== 0n)
      .sort(),
  );
}

async function emptied(fixture: StatementsFixture): Promise<void> {
  for (const table of [
    'statement',
    'statement_line',
    'statement_entity',
    'stated_partition',
    'closed_month',
    'cost_partition',
    'generation',
    'resource_cost_daily',
    'entity_cost_daily',
    'entity_cost_monthly',
    'collection_run',
    'source',
    'allocation',
    'share_rule',
    'entity_share_monthly',
  ]) {
    await fixture.database.knex(table).delete();
  }
}

describe.each(testDatabases.eachSupportedId())(
  'statements on %s',
  databaseId => {
    let fixture: StatementsFixture;

    beforeAll(async () => {
      fixture = await StatementsFixture.create(databaseId);
      for (const entity of ENTITIES) {
        await fixture.addEntity(entity, { owner: 'group:default/team' });
      }
    });

    it('never change, and are together with every restatement what is live, to the nano', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(event, { minLength: 4, maxLength: 24 }),
          async events => {
            await emptied(fixture);
            fixture.now = new Date('2026-03-10T12:00:00Z');
            const history = new History(fixture);
            let frozen: ReadonlyMap<number, string> = new Map();
            for (const next of events) {
              await history.happen(next);
              frozen = await expectFrozen(fixture, frozen);
            }
            for (const closed of (await fixture.closed.list()).keys()) {
              if ((await fixture.restater.held(closed)).length > 0) {
                continue;
              }
              await fixture.restater.restate(closed);
              await expectFrozen(fixture, frozen);
              const stated = await fixture.stated(closed);
              expect(stated).toEqual(await fixture.live(closed));
              expect(byCurrency(stated)).toEqual(
                await totalsOf(fixture, closed),
              );
            }
          },
        ),
        { numRuns: RUNS },
      );
    });

    it('are never made of figures that are one nano off', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(charge, { minLength: 1, maxLength: 8 }),
          fc.nat(),
          fc.constantFrom('effective', 'billed'),
          fc.constantFrom(1, -1),
          fc.boolean(),
          async (charges, which, basis, off, closedBefore) => {
            await emptied(fixture);
            const delivery = { month: '2026-01', charges };
            if (closedBefore) {
              await fixture.deliver({ month: '2026-01', charges: [] });
              await fixture.closer.close({
                month: '2026-01',
                occasion: 'hand',
                force: { reason: 'a test' },
              });
            }
            await fixture.deliver(delivery);
            const rows = await fixture.database
              .knex('entity_cost_monthly')
              .whereIn(
                'generation_id',
                fixture.database
                  .knex('cost_partition')
                  .select('entity_generation'),
              )
              .orderBy([
                'entity_id',
                'month',
                'environment_id',
                'service_id',
                'currency_id',
                'charge_kind_id',
              ]);
            const { effective, billed, ...key } = rows[which % rows.length];
            await fixture.database
              .knex('entity_cost_monthly')
              .where(key)
              .update({
                [basis]: fixture.database.knex.raw(`${basis} + ${off}`),
              });
            const state = closedBefore
              ? fixture.restater.restate('2026-01')
              : fixture.closer.close({ month: '2026-01', occasion: 'hand' });
            await expect(state).rejects.toMatchObject({ name: 'SumRuleError' });
            expect(await fixture.statements.list(['2026-01'])).toHaveLength(
              closedBefore ? 1 : 0,
            );
          },
        ),
        { numRuns: RUNS },
      );
    });
  },
);
