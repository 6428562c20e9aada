import { applyMigrations, PlumblineDatabase } from '../database';
import { ResolverLock } from './ResolverLock';
import { StateStore } from './StateStore';
import { databases } from './__testUtils__/BindingsFixture';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('ResolverLock on %s', databaseId => {
  async function create() {
    const knex = await databases.init(databaseId);
    await applyMigrations(knex);
    const state = StateStore.create({
      database: PlumblineDatabase.fromKnex(knex),
    });
    return {
      state,
      lock: ResolverLock.create({ state, key: 'bindings_lock' }),
    };
  }

  it('lets one work at a time, also after a failure', async () => {
    const { lock } = await create();
    let working = 0;
    const work = async () => {
      working += 1;
      expect(working).toBe(1);
      await new Promise(resolve => setTimeout(resolve, 20));
      working -= 1;
    };
    await expect(
      lock.hold(async () => {
        throw new Error('died');
      }),
    ).rejects.toThrow('died');
    await Promise.all([lock.hold(work), lock.hold(work), lock.hold(work)]);
  });

  it('stops a process that was silent for so long that another took over', async () => {
    const { state, lock } = await create();
    const clock = jest.spyOn(Date, 'now');
    try {
      await expect(
        lock.hold(async renew => {
          clock.mockReturnValue(new Date().getTime() + 61_000);
          await lock.hold(async () => undefined);
          await renew();
        }),
      ).rejects.toThrow('Another process took over');
    } finally {
      clock.mockRestore();
    }
    expect(await state.get('bindings_lock')).toMatch(/^0 /);
  });
});
