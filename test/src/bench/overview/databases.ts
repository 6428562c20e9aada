import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  applyMigrations,
  PlumblineDatabase,
} from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import createKnex from 'knex';

/** A database of its own for one measurement. */
export interface BenchDatabase {
  name: 'sqlite' | 'postgres';
  database: PlumblineDatabase;
  dispose(): Promise<void>;
}

/** A SQLite file with the settings that the plugin gives it. */
export async function openSqlite(): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plumbline-overview-'));
  const filename = path.join(folder, 'bench.sqlite');
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await applyMigrations(knex);
  const database = PlumblineDatabase.fromKnex(knex);
  await database.dialect.tune(knex);
  return {
    name: 'sqlite',
    database,
    async dispose() {
      const { size } = await stat(filename);
      console.error(`SQLite file: ${Math.round(size / 2 ** 20)} MiB`);
      await knex.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

/** A PostgreSQL database that is dropped afterwards. */
export async function openPostgres(connection: string): Promise<BenchDatabase> {
  const name = `plumbline_overview_${process.pid}_${Date.now()}`;
  const admin = createKnex({ client: 'pg', connection });
  await admin.raw('create database ??', [name]);
  const url = new URL(connection);
  url.pathname = `/${name}`;
  const knex = createKnex({ client: 'pg', connection: url.href });
  await applyMigrations(knex);
  return {
    name: 'postgres',
    database: PlumblineDatabase.fromKnex(knex),
    async dispose() {
      await knex.destroy();
      await admin.raw('drop database ??', [name]);
      await admin.destroy();
    },
  };
}
