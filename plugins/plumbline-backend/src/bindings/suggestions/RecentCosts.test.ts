import { BindingsFixture, databases } from '../__testUtils__/BindingsFixture';
import { RecentCosts } from './RecentCosts';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('recent costs on %s', databaseId => {
  it('are of 30 complete days of each source, however late another one is', async () => {
    const { database, ...fixture } = await BindingsFixture.create(databaseId);
    const { knex } = database;
    const insert = async (table: string, row: object): Promise<number> => {
      const [{ id }] = await knex(table).insert(row).returning('id');
      return id;
    };
    const currency = await insert('currency', { code: 'USD' });
    const account = await insert('account', {
      provider: 'AWS',
      native_id: '1',
    });
    /** A source whose resource costs a dollar a day, from long ago to well after the last complete day. */
    const costing = async (name: string, through: number) => {
      const source = await insert('source', {
        source_id: name,
        domain: 'cost',
      });
      const resource = await insert('resource', {
        account_id: account,
        resource_key: name,
        native_id: name,
        tags: '{}',
        first_seen_at: fixture.now,
        last_seen_at: fixture.now,
      });
      // Two billing months, of which the first says nothing of its last complete day.
      for (const [month, from, to, complete] of [
        ['2026-02', through - 60, through - 9, null],
        ['2026-03', through - 9, through + 5, through],
      ] as const) {
        const partition = await insert('cost_partition', {
          source_id: source,
          month,
          data_through: complete,
          first_day: from,
          last_day: to - 1,
        });
        const generation = await insert('generation', {
          partition_id: partition,
          ticket: 'test',
          created_at: fixture.now,
        });
        await knex('cost_partition')
          .where({ id: partition })
          .update({ resource_generation: generation });
        for (let day = from; day < to; day++) {
          await knex('resource_cost_daily').insert({
            generation_id: generation,
            resource_id: resource,
            day,
            service_id: 1,
            currency_id: currency,
            charge_kind_id: 1,
            effective: '1000000000',
            billed: '0',
          });
        }
      }
      return resource;
    };
    const prompt = await costing('prompt', 20_500);
    const late = await costing('late', 20_489);
    const costs = await RecentCosts.load(database);
    expect(await costs.of([prompt, late])).toEqual(
      new Map([
        [prompt, { USD: '30000000000' }],
        [late, { USD: '30000000000' }],
      ]),
    );
  });
});
