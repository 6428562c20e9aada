import { applyMigrations, PlumblineDatabase } from '../database';
import { Lease } from './Lease';
import { StateStore } from './StateStore';
import { databases } from './__testUtils__/BindingsFixture';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('Lease on %s', databaseId => {
  async function create() {
    const knex = await databases.init(databaseId);
    await applyMigrations(knex);
    const state = StateStore.create({
      database: PlumblineDatabase.fromKnex(knex),
    });
    return { state, lease: Lease.create({ state, key: 'bindings_lease' }) };
  }

  it('lets one work at a time, also after a failure', async () => {
    const { lease } = await create();
    let working = 0;
    const work = async () => {
      working += 1;
      expect(working).toBe(1);
      await new Promise(resolve => setTimeout(resolve, 20));
      working -= 1;
    };
    await expect(
      lease.hold(async () => {
        throw new Error('died');
      }),
    ).rejects.toThrow('died');
    await Promise.all([lease.hold(work), lease.hold(work), lease.hold(work)]);
  });

  it('stops a process that was silent for so long that another took over', async () => {
    const { state, lease } = await create();
    const clock = jest.spyOn(Date, 'now');
    try {
      await expect(
        lease.hold(async renew => {
          clock.mockReturnValue(new Date().getTime() + 61_000);
          await lease.hold(async () => undefined);
          await renew();
        }),
      ).rejects.toThrow('Another process took over');
    } finally {
      clock.mockRestore();
    }
    expect(await state.get('bindings_lease')).toMatch(/^0 /);
  });
});
