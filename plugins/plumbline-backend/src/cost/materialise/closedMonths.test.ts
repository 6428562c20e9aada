import type { DailyCost } from '@plumbline/backstage-plugin-plumbline-node';
import {
  BindingsFixture,
  databases,
  entity,
} from '../../bindings/__testUtils__/BindingsFixture';
import {
  collecting,
  partition,
  sourceOf,
  usageRows,
} from '../../collect/__testUtils__/collecting';
import { firstDayOfMonth, nanosToDecimal } from '../../database';
import { CostStore } from '../CostStore';
import { MonthCloser } from '../statements/MonthCloser';

jest.setTimeout(120_000);

const MONTH = '2026-02';
const first = firstDayOfMonth(MONTH);
const NANOS = 1_000_000_000n;
const window = { from: first, to: first + 28 };

const claims = (...ids: string[]) => ({
  'plumbline.dev/resource-ids': ids.join(','),
});

/** A catalog and a bill, whose month can be closed and delivered again. */
async function setUp(databaseId: Parameters<typeof BindingsFixture.create>[0]) {
  const fixture = await BindingsFixture.create(databaseId);
  const { database } = fixture;
  const { collect, materializer } = collecting(database, {
    now: () => fixture.now,
    allocator: {
      refresh: options => fixture.bindings.allocator.refresh(options),
    },
  });
  return {
    fixture,
    materializer,
    /** Delivers the month with so many units a day and resource; more resources come after a, b and the rest. */
    deliver: async (units: bigint, ...more: string[]) => {
      const rows = usageRows(MONTH, units * NANOS);
      const added = more.map(
        (_, index): DailyCost => ({ ...rows[0], resource: 3 + index }),
      );
      const batches = partition(MONTH, [...rows, ...added]);
      await collect(
        sourceOf(
          batches.map(batch =>
            batch.type === 'resources'
              ? {
                  ...batch,
                  resources: [
                    ...batch.resources,
                    ...more.map(resourceId => ({
                      ...batch.resources[0],
                      resourceId,
                    })),
                  ],
                }
              : batch,
          ),
        ),
      );
    },
    close: async () => {
      await database
        .knex('closed_month')
        .insert({ month: MONTH, closed_at: fixture.now });
      // What happens after is later, if only by a little.
      fixture.now = new Date(fixture.now.getTime() + 1);
    },
    /** The month's cost by entity; that of resources must be the same. */
    costs: async () => {
      const entities: { id: number; ref: string }[] = await database
        .knex('entity')
        .select('id', 'ref');
      const differences: string[] = [];
      const store = CostStore.create({ database });
      const found: Record<string, string> = {};
      for (const { id, ref } of entities) {
        const selection = { entityIds: [id], window, per: 'window' as const };
        const sums = await store.sum({ ...selection, by: ['currency'] });
        const resources = await store.sumResources(selection);
        const total = (of: readonly { effective: bigint }[]) =>
          of.reduce((sum, { effective }) => sum + effective, 0n);
        if (!ref.startsWith('plumbline:') && total(resources) !== total(sums)) {
          differences.push(ref);
        }
        if (sums.length > 0) {
          found[ref] = nanosToDecimal(total(sums));
        }
      }
      expect(differences).toEqual([]);
      return found;
    },
  };
}

describe.each(databases.eachSupportedId())(
  'closed months on %s',
  databaseId => {
    it('do not follow a pass that began before they were closed and ended after', async () => {
      const { fixture, deliver, close, costs } = await setUp(databaseId);
      fixture.entities = [entity('Component:one', claims('a'))];
      await fixture.pass();
      await deliver(1n);
      await close();
      const closedAt = fixture.now;
      // As long as a pass over many resources takes; one is gone as well.
      fixture.now = new Date(closedAt.getTime() - 30_000);
      fixture.entities = [entity('Component:two', claims('b'))];
      await fixture.pass();
      fixture.now = closedAt;
      await deliver(3n);
      expect(await costs()).toEqual({
        'component:default/one': '84',
        'plumbline:unallocated': '168',
      });
    });

    it('keep the links that they were closed with, where links change meanwhile', async () => {
      const { fixture, deliver, costs, materializer } = await setUp(databaseId);
      fixture.entities = [entity('Component:one', claims('a'))];
      await fixture.pass();
      await deliver(1n);
      const closer = MonthCloser.create({
        database: fixture.database,
        materializer,
        now: () => fixture.now,
      });
      const close = () => closer.close({ month: MONTH, occasion: 'hand' });
      jest.spyOn(closer, 'obstacles').mockImplementationOnce(async () => {
        fixture.now = new Date(fixture.now.getTime() + 5);
        fixture.entities.push(entity('Component:two', claims('b')));
        await fixture.pass();
        return [];
      });
      // It may be refused, and then is closed a minute later.
      await close().catch(close);
      expect(await costs()).toEqual({
        'component:default/one': '28',
        'component:default/two': '28',
        'plumbline:unallocated': '28',
      });
      await deliver(3n);
      expect(await costs()).toEqual({
        'component:default/one': '84',
        'component:default/two': '84',
        'plumbline:unallocated': '84',
      });
    });

    it('are restated in money only: who had a resource when they were closed keeps it', async () => {
      const { fixture, deliver, close, costs, materializer } = await setUp(
        databaseId,
      );
      fixture.entities = [
        entity('Component:one', claims('a')),
        entity('Component:two', claims('b')),
      ];
      await fixture.pass();
      await deliver(1n);
      await close();
      const stated = {
        'component:default/one': '28',
        'component:default/two': '28',
        'plumbline:unallocated': '28',
      };
      expect(await costs()).toEqual(stated);

      // The company is turned around: one has both, two is gone, and a third has the rest.
      fixture.entities = [
        entity('Component:one', claims('b')),
        entity('Component:three', claims('a')),
      ];
      await fixture.pass();
      fixture.nextDay();
      await fixture.pass();
      expect(await materializer.rebuild()).toBe(0);
      expect(await costs()).toEqual(stated);

      await deliver(3n);
      expect(await costs()).toEqual({
        'component:default/one': '84',
        'component:default/two': '84',
        'plumbline:unallocated': '84',
      });

      // Named, they are made anew, and still the same.
      const [{ id }] = await fixture.database.knex('cost_partition');
      await materializer.rebuild({ partitionIds: [id] });
      expect((await costs())['component:default/one']).toBe('84');

      // An open month follows: who came after an entity that is gone has its days, too.
      await fixture.database.knex('closed_month').delete();
      await deliver(3n);
      expect(await costs()).toEqual({
        'component:default/one': '168',
        'plumbline:unallocated': '84',
      });
    });

    it('give nothing to an entity that was not in the catalog when they were closed', async () => {
      const { fixture, deliver, close, costs } = await setUp(databaseId);
      const both = [
        entity('Component:one', claims('a')),
        entity('Component:two', claims('b')),
      ];
      fixture.entities = both;
      await fixture.pass();
      await deliver(1n);
      fixture.nextDay();
      fixture.entities = [both[1]];
      await fixture.pass();
      await deliver(1n);
      await close();
      const stated = {
        'component:default/two': '28',
        'plumbline:unallocated': '56',
      };
      expect(await costs()).toEqual(stated);
      fixture.nextDay();
      fixture.entities = both;
      await fixture.pass();
      await deliver(1n);
      expect(await costs()).toEqual(stated);
    });

    it('give a resource that came later to whom it was first allocated, and leave it there', async () => {
      const { fixture, deliver, close, costs } = await setUp(databaseId);
      fixture.entities = [
        entity('Component:one', claims('late')),
        entity('Component:two'),
      ];
      await fixture.pass();
      await deliver(1n);
      await close();
      fixture.nextDay();
      await deliver(1n, 'late', 'nobody’s');
      const restated = {
        'component:default/one': '1',
        'plumbline:unallocated': '85',
      };
      expect(await costs()).toEqual(restated);
      fixture.nextDay();
      fixture.entities = [
        entity('Component:one'),
        entity('Component:two', claims('late')),
      ];
      await fixture.pass();
      await deliver(1n, 'late', 'nobody’s');
      expect(await costs()).toEqual(restated);
    });

    it('never know two owners of one day, however the clocks of replicas differ', async () => {
      const { fixture, deliver, close, costs } = await setUp(databaseId);
      const owned = (owner: number) =>
        [0, 1, 2].map(number =>
          entity(`Component:e${number}`, number === owner ? claims('a') : {}),
        );
      fixture.entities = owned(0);
      await fixture.pass();
      await deliver(1n);
      const start = fixture.now.getTime();
      for (const [owner, minutes] of [
        [1, 10],
        [2, 5],
        [0, 12],
        [1, 8],
      ]) {
        fixture.now = new Date(start + minutes * 60_000);
        fixture.entities = owned(owner);
        await fixture.pass();
      }
      fixture.now = new Date(start + 11 * 60_000);
      await close();
      await deliver(1n);
      expect(Object.values(await costs()).sort()).toEqual(['28', '56']);
    });
  },
);
