import { TestDatabases } from '@backstage/backend-test-utils';
import { TestCosts } from '../cost/testUtils';
import { NO_ENTITY, whereEntity } from './EntityFilter';
import type { EntityFilter } from './EntityFilter';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

jest.setTimeout(60_000);

const ofX: EntityFilter = {
  property: 'owner_ref',
  values: ['group:default/x'],
};
const inShop: EntityFilter = {
  property: 'system_ref',
  values: ['system:default/shop'],
};

describe.each(databases.eachSupportedId())('EntityFilter, %p', id => {
  it.each<[string, EntityFilter, string[]]>([
    ['all where there is none', undefined, ['both', 'nobodys', 'shop', 'x']],
    ['no entity', NO_ENTITY, []],
    ['a column with a value', ofX, ['both', 'x']],
    ['what matches every part', { allOf: [ofX, inShop] }, ['both']],
    ['what matches a part', { anyOf: [ofX, inShop] }, ['both', 'shop', 'x']],
    [
      'a column without a value as one that does not match',
      { not: ofX },
      ['nobodys', 'shop'],
    ],
    [
      'parts within parts',
      { allOf: [{ anyOf: [ofX, inShop] }, { not: { allOf: [ofX, inShop] } }] },
      ['shop', 'x'],
    ],
  ])('finds %s', async (_, filter, names) => {
    const costs = await TestCosts.create(await databases.init(id));
    const x = 'group:default/x';
    const system = 'system:default/shop';
    await costs.addEntities([
      { ref: 'component:default/both', owner: x, system },
      { ref: 'component:default/x', owner: x },
      { ref: 'component:default/shop', owner: 'group:default/y', system },
      { ref: 'component:default/nobodys' },
    ]);
    const rows: { ref: string }[] = await costs.database
      .knex('entity')
      .where('entity.kind', 'component')
      .where(query => whereEntity(query, filter))
      .orderBy('entity.ref')
      .select('entity.ref');
    expect(rows.map(({ ref }) => ref.split('/')[1])).toEqual(names);
  });
});
