import {
  BindingsFixture,
  databases,
  entity,
} from './__testUtils__/BindingsFixture';
import { EntityStore } from '../permissions';

const FIRST = -2_147_483_648;
const LAST = 2_147_483_647;

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('dating on %s', databaseId => {
  const create = (plumbline = {}) =>
    BindingsFixture.create(databaseId, plumbline);

  it('holds a first binding for all time before, and lets a change take effect today', async () => {
    const fixture = await create();
    const claim = { 'plumbline.dev/resource-ids': 'r' };
    fixture.entities = [entity('Component:a', claim), entity('Component:b')];
    await fixture.bill({ id: 'r' });
    await fixture.pass();
    expect(
      (await fixture.binding('component:default/a', 'r')).validFrom,
    ).toBeUndefined();
    const first = await fixture.bindings.allocator.refresh();

    fixture.nextDay();
    fixture.entities = [entity('Component:a'), entity('Component:b', claim)];
    await fixture.pass();
    const { today } = fixture;
    const rows = [
      { entity: 'component:default/a', from: FIRST, to: today },
      { entity: 'component:default/b', from: today, to: LAST },
    ];
    expect(await fixture.allocation()).toMatchObject(rows);
    expect(await fixture.bindings.allocator.refresh()).toBe(first + 1);
    expect((await fixture.of('component:default/a')).bindings).toEqual([]);
    expect((await fixture.binding('component:default/b', 'r')).validFrom).toBe(
      fixture.now.toISOString(),
    );

    // The same day once more: the day still has one owner.
    fixture.entities = [entity('Component:a', claim), entity('Component:b')];
    await fixture.pass();
    expect(await fixture.allocation()).toMatchObject([
      rows[0],
      { ...rows[1], entity: 'component:default/a' },
    ]);
  });

  it('ends the allocation of an entity that vanished, and begins a new one when it is back', async () => {
    const fixture = await create();
    const a = entity('Component:a', { 'plumbline.dev/resource-ids': 'r' });
    fixture.entities = [a, entity('Component:b')];
    await fixture.bill({ id: 'r' });
    await fixture.pass();
    fixture.nextDay();
    const gone = fixture.today;
    fixture.entities = [entity('Component:b')];
    await fixture.pass();
    expect(await fixture.allocation()).toMatchObject([
      { from: FIRST, to: gone },
    ]);
    expect(
      await EntityStore.create(fixture).getByRef('component:default/a'),
    ).toBeUndefined();
    fixture.nextDay();
    fixture.entities = [a, entity('Component:b')];
    await fixture.pass();
    expect(await fixture.allocation()).toMatchObject([
      { from: FIRST, to: gone },
      { from: gone + 1, to: LAST },
    ]);
  });

  it.each([
    ['at once', []],
    ['days later', [entity('Component:first')]],
  ])(
    'gives the days of an entity that vanished to the one that follows it %s',
    async (_, meanwhile) => {
      const fixture = await create();
      const claim = { 'plumbline.dev/resource-ids': 'r' };
      fixture.entities = [entity('Component:first', claim)];
      await fixture.bill({ id: 'r' });
      await fixture.pass();
      fixture.nextDay();
      const second = fixture.today;
      fixture.entities = [
        entity('Component:first'),
        entity('Component:old', claim),
      ];
      await fixture.pass();
      fixture.nextDay();
      fixture.nextDay();
      for (const only of meanwhile) {
        fixture.entities = [only];
        await fixture.pass();
        fixture.nextDay();
        fixture.nextDay();
      }
      fixture.entities = [
        entity('Component:first'),
        entity('Component:new', claim),
      ];
      await fixture.pass();
      expect(await fixture.allocation()).toMatchObject([
        { entity: 'component:default/first', from: FIRST, to: second },
        { entity: 'component:default/new', from: second, to: LAST },
      ]);
      expect(
        (await fixture.binding('component:default/new', 'r')).validFrom,
      ).toBe(new Date(second * 86_400_000).toISOString());
    },
  );

  it('outdates costs when an entity with a past vanishes, and when it is back', async () => {
    const fixture = await create();
    const claim = { 'plumbline.dev/resource-ids': 'r' };
    const past = entity('Component:past');
    fixture.entities = [entity('Component:past', claim)];
    await fixture.bill({ id: 'r' });
    await fixture.pass();
    fixture.nextDay();
    fixture.entities = [past, entity('Component:present', claim)];
    await fixture.pass();
    const version = () => fixture.bindings.allocator.refresh();
    const before = await version();
    const rows = await fixture.allocation();
    fixture.entities = [entity('Component:present', claim)];
    await fixture.pass();
    expect(await version()).toBe(before + 1);
    fixture.entities = [past, entity('Component:present', claim)];
    await fixture.pass();
    expect(await version()).toBe(before + 2);
    expect(await fixture.allocation()).toEqual(rows);
  });

  it('corrects an environment learnt later for all of the time that stands', async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:a', { 'plumbline.dev/resource-ids': 'r' }),
    ];
    await fixture.bill({ id: 'r' });
    await fixture.pass();
    fixture.nextDay();
    await fixture.restart({
      environments: { accounts: { '111111111111': 'prod' } },
    });
    await fixture.pass();
    expect(await fixture.allocation()).toMatchObject([
      { environment: 'prod', from: FIRST, to: LAST },
    ]);
  });

  it('writes nothing, and keeps the version, where nothing changed', async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:a', { 'plumbline.dev/resource-ids': 'r' }),
      entity('Component:b', { 'plumbline.dev/resource-ids': 'r' }),
    ];
    await fixture.bill({ id: 'r', tags: { env: 'dev' } });
    await fixture.pass();
    const before = await fixture.bindings.allocator.refresh();
    const rows = await fixture.database.knex('binding').orderBy('id');
    fixture.nextDay();
    const [one, two] = await Promise.all([
      fixture.bindings.allocator.refresh(),
      fixture.bindings.allocator.refresh(),
    ]);
    expect([one, two]).toEqual([before, before]);
    expect(await fixture.database.knex('binding').orderBy('id')).toEqual(rows);
  });
});
