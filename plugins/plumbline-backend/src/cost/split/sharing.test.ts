import {
  databases,
  entity,
} from '../../bindings/__testUtils__/BindingsFixture';
import { Janitor } from '../../collect';
import {
  collectingUsage,
  usagePartition,
  usageSource,
} from '../../usage/__testUtils__/usage';
import { EntityCostMaterializer } from '../materialise';
import {
  FIRST,
  has,
  line,
  SharingFixture,
  units,
} from './__testUtils__/SharingFixture';
import { SplitPlan } from './SplitPlan';

jest.setTimeout(120_000);

const ref = (name: string) => `component:default/${name}`;
const FROM = '2026-02-01';

/** One shares with two and three. */
const fixed = (weights: Record<string, number>, more = {}) => ({
  shares: [
    {
      entity: ref('one'),
      by: 'fixed',
      consumers: Object.entries(weights).map(([name, weight]) => ({
        entity: ref(name),
        weight,
      })),
      from: FROM,
      ...more,
    },
  ],
});

const split = (...rules: object[]) => ({
  split: rules.map((rule, index) => ({
    name: `rule ${index}`,
    spread: 'proportional',
    from: FROM,
    ...rule,
  })),
});

describe.each(databases.eachSupportedId())('sharing on %s', databaseId => {
  const create = (allocation = {}) =>
    SharingFixture.create(databaseId, JSON.parse(JSON.stringify(allocation)));

  it('shares out by fixed weights, and says beside the figures what was shared', async () => {
    const fixture = await create(fixed({ two: 2, three: 3, one: 2 }));
    await fixture.deliver(line('a', 10_000_000_005n), line('b', units(1)));
    expect(await fixture.costs()).toEqual({
      one: '2.857142859',
      two: '3.857142858',
      three: '4.285714288',
    });
    expect(await fixture.shares()).toEqual([
      'one → one: kept 2/7 2.857142859',
      'one → three: shared 3/7 4.285714288',
      'one → two: shared 2/7 2.857142858',
    ]);
  });

  it('refuses a month when a part has a nano too much', async () => {
    const fixture = await create(fixed({ two: 1 }));
    await fixture.deliver(line('a', units(1)));
    const { parts } = SplitPlan.prototype;
    const spy = jest
      .spyOn(SplitPlan.prototype, 'parts')
      .mockImplementation(function* wrong(this: SplitPlan, sums) {
        for (const chunk of parts.call(this, sums)) {
          chunk.rows.billed[0] += 1n;
          yield chunk;
        }
      });
    try {
      await fixture.deliver(line('a', units(5)));
    } finally {
      spy.mockRestore();
    }
    expect(await fixture.costs()).toEqual({ two: '1' });
    const run = await fixture.database
      .knex('collection_run')
      .orderBy('id', 'desc')
      .first();
    expect(run.problems).toContain("don't add up");
  });

  it('shares out anew what a metric says after the bill was read', async () => {
    const fixture = await create({
      shares: [
        {
          entity: ref('one'),
          by: 'usage',
          metric: 'requests',
          consumers: [{ entity: ref('two') }, { entity: ref('three') }],
          from: FROM,
        },
      ],
    });
    await fixture.deliver(line('a', units(4)));
    expect(await fixture.shares()).toEqual(['one → one: no-usage 1/1 4']);
    const publish = (metric: string, three: string) =>
      collectingUsage(fixture.database).collect(
        usageSource(
          usagePartition('2026-02', metric, {
            [ref('two')]: { '2026-02-01': '30' },
            [ref('three')]: { '2026-02-01': three },
          }),
          `test:${metric}`,
        ),
      );
    const rebuild = () =>
      EntityCostMaterializer.create({
        database: fixture.database,
        now: () => fixture.bindings.now,
      }).rebuild();

    // Nothing is shared out by it.
    await publish('orders', '10');
    expect(await rebuild()).toBe(0);

    await publish('requests', '10');
    expect(await rebuild()).toBe(1);
    expect(await fixture.shares()).toEqual([
      'one → three: shared 10/40 1',
      'one → two: shared 30/40 3',
    ]);
    // The same figures again change nothing.
    expect(await rebuild()).toBe(0);
  });

  it('leaves the part of who is not in the catalog where it was', async () => {
    const fixture = await create(fixed({ two: 1, stranger: 3 }));
    await fixture.deliver(line('a', units(4)));
    expect(await fixture.shares()).toEqual([
      'one → one: consumer-gone 3/4 3',
      'one → two: shared 1/4 1',
    ]);
  });

  it('shares by usage, and leaves all with its owner while anybody’s usage is unknown', async () => {
    const fixture = await create({
      shares: [
        {
          entity: ref('one'),
          by: 'usage',
          metric: 'requests',
          consumers: [{ entity: ref('two') }, { entity: ref('three') }],
          from: FROM,
        },
      ],
    });
    fixture.usage.set('requests', { [ref('two')]: '30' });
    await fixture.deliver(line('a', units(4)));
    expect(await fixture.shares()).toEqual(['one → one: no-usage 1/1 4']);
    expect(await fixture.costs()).toEqual({ one: '4' });

    fixture.usage.set('requests', { [ref('two')]: '30', [ref('three')]: '10' });
    await fixture.deliver(line('a', units(4)));
    expect(await fixture.shares()).toEqual([
      'one → three: shared 10/40 1',
      'one → two: shared 30/40 3',
    ]);

    // Once the month is closed, later figures of the metric change no parts.
    await fixture.close();
    fixture.usage.set('requests', { [ref('two')]: '0', [ref('three')]: '10' });
    await fixture.deliver(line('a', units(8)));
    expect(await fixture.costs()).toEqual({ two: '6', three: '2' });
  });

  it('spreads taxes in proportion to usage, in the environment of the usage, and unused commitments never unasked', async () => {
    const fixture = await create(
      split({ match: { categories: ['Tax', 'Usage'] } }),
    );
    await fixture.deliver(
      line('a', units(3)),
      line('b', units(1)),
      line('', units(8), { category: 'Tax' }),
      line('', units(5), { commitment: 'Unused' }),
      line('', units(7), { category: 'Credit' }),
    );
    expect(await fixture.costs()).toEqual({ one: '9', two: '3', shared: '12' });
    expect(await fixture.shares()).toEqual([
      'shared → one: shared 3/4 6',
      'shared → two: shared 1/4 2',
    ]);

    fixture.bindings.nextDay();
    await fixture.configure(
      split(
        { match: { categories: ['Credit'] }, spread: 'none' },
        { match: { commitment: 'Unused' }, spread: 'equal' },
        { match: { categories: ['Credit'] } },
      ),
    );
    await fixture.materializer.rebuild();
    expect(await fixture.costs()).toEqual({
      one: '5.5',
      two: '3.5',
      shared: '15',
    });
  });

  it('leaves what nobody can bear where it was', async () => {
    const fixture = await create(split({ match: { categories: ['Tax'] } }));
    await fixture.deliver(line('', units(8), { category: 'Tax' }));
    expect(await fixture.shares()).toEqual([
      'shared → shared: no-consumer 1/1 8',
    ]);
  });

  it('holds from the day it was first seen, unless it says since when', async () => {
    const fixture = await create();
    const bill = [
      line('a', units(4)),
      line('a', units(4), { day: FIRST + 40 }),
    ];
    await fixture.deliver(...bill);
    // 2026-03-10, day 37 of these.
    const later = { from: undefined };
    await fixture.configure(
      JSON.parse(JSON.stringify(fixed({ two: 1 }, later))),
    );
    await fixture.materializer.rebuild();
    expect(await fixture.costs()).toEqual({ one: '4', two: '4' });
    expect(await fixture.sync()).toBe(false);

    await fixture.configure(fixed({ two: 1 }));
    await fixture.materializer.rebuild();
    expect(await fixture.costs()).toEqual({ two: '8' });

    // From the day on which it is gone, it does not hold any more.
    fixture.bindings.nextDay();
    await fixture.configure({});
    await fixture.materializer.rebuild();
    expect(await fixture.costs()).toEqual({ one: '4', two: '4' });
    expect(await fixture.sync()).toBe(false);
  });

  it('keeps the rules of a closed month as they were known when it was closed', async () => {
    const fixture = await create(fixed({ two: 1, three: 1 }));
    await fixture.deliver(line('a', units(4)));
    await fixture.close();
    fixture.bindings.nextDay();
    await fixture.configure(fixed({ three: 1 }));
    // Two is gone from the catalog, too.
    fixture.bindings.entities = [
      entity('Component:one', has('a')),
      entity('Component:three'),
    ];
    await fixture.bindings.pass();
    expect(await fixture.materializer.rebuild()).toBe(0);
    await fixture.deliver(line('a', units(6)));
    expect(await fixture.costs()).toEqual({ two: '3', three: '3' });
  });

  it('clears shares away with their generation', async () => {
    const fixture = await create(fixed({ two: 1 }));
    await fixture.deliver(line('a', units(4)));
    await fixture.deliver(line('a', units(4)));
    const { knex } = fixture.database;
    expect(await knex('entity_share_monthly')).toHaveLength(2);
    await Janitor.create({
      database: fixture.database,
      logger: fixture.logger,
      now: () => fixture.bindings.now,
    }).clean();
    expect(await knex('entity_share_monthly')).toHaveLength(1);
  });
});
