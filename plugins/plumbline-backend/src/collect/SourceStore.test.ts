import {
  emptyDatabase,
  fakeSource,
  testDatabases,
} from './__testUtils__/collecting';
import { SourceStore } from './SourceStore';

jest.setTimeout(60_000);

const source = (id: string) => ({
  ...fakeSource(async function* nothing() {}),
  id,
});
const NOW = new Date('2026-03-03T12:00:00Z');

describe.each(testDatabases.eachSupportedId())('SourceStore on %s', id => {
  it('retires sources that are no longer set up, until they are again', async () => {
    const database = await emptyDatabase(id);
    const store = SourceStore.create({ database });
    const retired = () =>
      database
        .knex('source')
        .whereNotNull('retired_at')
        .orderBy('source_id')
        .pluck('source_id');
    for (const name of ['focus:aws', 'focus:azure']) {
      await store.register(source(name), 'cost');
    }

    await store.retireAllBut(['focus:azure'], NOW);
    expect(await retired()).toEqual(['focus:aws']);

    await store.register(source('focus:aws'), 'cost');
    expect(await retired()).toEqual([]);

    await store.retireAllBut([], NOW);
    expect(await retired()).toEqual(['focus:aws', 'focus:azure']);
  });
});
