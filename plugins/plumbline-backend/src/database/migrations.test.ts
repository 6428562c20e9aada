import { TestDatabases } from '@backstage/backend-test-utils';
import { applyMigrations, migrationsDir } from './migrations';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING
    ? ['SQLITE_3', 'POSTGRES_15']
    : ['SQLITE_3'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, down to nothing, and up again', async () => {
    const knex = await databases.init(databaseId);
    const tables = async () => {
      const result = await knex.raw(
        knex.client.config.client === 'pg'
          ? `select table_name as name from information_schema.tables where table_schema = 'public'`
          : `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
      );
      const rows: { name: string }[] = result.rows ?? result;
      return rows
        .map(({ name }) => name)
        .filter(name => !name.startsWith('knex_'));
    };

    await applyMigrations(knex);
    expect(await tables()).toEqual(
      expect.arrayContaining(['entity', 'entity_cost_daily', 'source']),
    );
    expect(await knex('entity').orderBy('id').pluck('ref')).toEqual([
      'plumbline:unallocated',
      'plumbline:shared',
    ]);
    const [added] = await knex('entity')
      .insert({ ref: 'a:b/c', kind: 'a', first_seen_at: new Date() })
      .returning('id');
    expect(added.id).toBe(3);

    await knex.migrate.rollback({ directory: migrationsDir }, true);
    expect(await tables()).toEqual([]);
    await applyMigrations(knex);
    expect(await knex('environment').pluck('name')).toEqual(['unknown']);
  });
});
