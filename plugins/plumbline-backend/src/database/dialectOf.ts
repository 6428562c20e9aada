import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Dialect } from './Dialect';
import { postgresDialect } from './postgresDialect';
import { sqliteDialect } from './sqliteDialect';

/**
 * The one place where the databases are told apart.
 *
 * @throws InputError for a database that is neither SQLite nor PostgreSQL
 * @internal
 */
export function dialectOf(knex: Knex): Dialect {
  const client = String(knex.client.config.client);
  if (client === 'pg') {
    return postgresDialect;
  }
  if (client === 'better-sqlite3' || client === 'sqlite3') {
    return sqliteDialect;
  }
  throw new InputError(
    `Plumbline stores its data in SQLite or PostgreSQL, not in '${client}'; set backend.database.client to 'pg' or 'better-sqlite3'`,
  );
}
