import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Where the migrations lie. @internal */
export const migrationsDir = resolvePackagePath(
  '@plumbline/backstage-plugin-plumbline-backend',
  'migrations',
);

/** Brings the database to the present schema. @internal */
export async function applyMigrations(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: migrationsDir });
}
