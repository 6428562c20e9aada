import { TestDatabases } from '@backstage/backend-test-utils';
import { dayToText, PlumblineDatabase } from '../database';
import { EntityStore } from '../permissions';
import { HeadlineStore } from './HeadlineStore';
import { compare } from './series';
import { TestCosts, units } from './testUtils';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const a = 'component:default/a';
const b = 'component:default/b';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('HeadlineStore, %p', id => {
  async function create() {
    const costs = await TestCosts.create(await databases.init(id));
    await costs.addEntities([{ ref: a }, { ref: b }]);
    await costs.addSources([
      { id: 'focus:aws', from: '2026-02-01', through: '2026-03-20' },
    ]);
    const bill = (first: number, second: number) =>
      costs.addCosts([
        { entity: a, day: '2026-03-02', effective: units(first) },
        { entity: b, day: '2026-03-02', effective: units(second) },
      ]);
    await bill(1, 10);
    const found = await EntityStore.create(costs).getByRefs([a, b]);
    const entityIds = found.flatMap(entity => entity?.id ?? []);
    const store = HeadlineStore.create({ database: costs.database });
    return { costs, bill, entityIds, store };
  }
  const amounts = (sums: { effective: bigint }[]) =>
    sums.map(({ effective }) => effective).sort(compare);

  it('keeps entities apart, or adds them up', async () => {
    const { store, entityIds } = await create();
    const { sums } = await store.read([
      { entityIds, apart: true },
      { entityIds, apart: false },
      { entityIds: [], apart: false },
    ]);
    expect(sums.map(amounts)).toEqual([[units(1), units(10)], [units(11)], []]);
    expect(sums[0].map(({ entity }) => entity).sort()).toEqual(entityIds);
  });

  it('never remembers what is no longer live', async () => {
    const { costs, bill, store, entityIds } = await create();
    const read = async () => {
      const { sums, extent } = await store.read([{ entityIds, apart: false }]);
      const through = extent.dataThrough(extent.sources);
      return [amounts(sums[0]), through && dayToText(through)];
    };
    expect(await read()).toEqual([[units(11)], '2026-03-20']);
    await costs.swap('focus:aws', '2026-03');
    await bill(5, 50);
    expect(await read()).toEqual([[units(55)], '2026-03-20']);
    // Of another source, so that headlines look at other days.
    await costs.addSources([
      { id: 'focus:azure', from: '2025-11-01', through: '2026-01-10' },
    ]);
    await costs.addCosts([
      {
        entity: a,
        day: '2025-12-02',
        effective: units(3),
        source: 'focus:azure',
      },
    ]);
    expect(await read()).toEqual([[units(3), units(55)], '2026-01-10']);
  });

  it('reads all again when a generation becomes live between two statements', async () => {
    const { costs, bill, store, entityIds } = await create();
    const selections = [
      { entityIds, apart: true },
      { entityIds, apart: false },
    ];
    await store.read(selections);
    const { query } = PlumblineDatabase.prototype;
    const spy = jest.spyOn(costs.database, 'query');
    spy.mockImplementationOnce(async (sql, bindings) => {
      const rows = await query.call(costs.database, sql, bindings);
      await costs.swap('focus:aws', '2026-03');
      await bill(5, 50);
      return rows;
    });
    const { sums } = await store.read(selections);
    expect(sums.map(amounts)).toEqual([[units(5), units(50)], [units(55)]]);
    expect(spy).toHaveBeenCalledTimes(4);
  });
});
