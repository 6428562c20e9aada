import { InputError } from '@backstage/errors';
import knexFactory, { type Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An empty database of its own, and how another process reaches it. */
export interface ScratchDatabase {
  name: 'sqlite' | 'postgres';
  config: Knex.Config;
  drop(): Promise<void>;
}

/** Connection string of a PostgreSQL server where databases may be made, if there is one. */
export function postgresUrl(): string | undefined {
  return process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING;
}

/** Makes an empty database: a SQLite file, or one on the PostgreSQL server that the environment names. */
export async function scratchDatabase(
  name: ScratchDatabase['name'],
): Promise<ScratchDatabase> {
  return name === 'sqlite' ? scratchSqlite() : scratchPostgres();
}

async function scratchSqlite(): Promise<ScratchDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), 'plumbline-scratch-'));
  return {
    name: 'sqlite',
    config: {
      client: 'better-sqlite3',
      connection: { filename: path.join(directory, 'plumbline.sqlite') },
      useNullAsDefault: true,
      // As Backstage has it: everybody in the process shares one connection.
      pool: { min: 1, max: 1 },
    },
    drop: () => rm(directory, { recursive: true, force: true }),
  };
}

async function scratchPostgres(): Promise<ScratchDatabase> {
  const server = postgresUrl();
  if (!server) {
    throw new InputError(
      'Set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING to a PostgreSQL server where databases may be made',
    );
  }
  const database = `plumbline_scratch_${randomUUID().replaceAll('-', '')}`;
  const onServer = async (statement: string) => {
    const admin = knexFactory({ client: 'pg', connection: server });
    try {
      await admin.raw(statement);
    } finally {
      await admin.destroy();
    }
  };
  await onServer(`create database ${database}`);
  const url = new URL(server);
  url.pathname = database;
  return {
    name: 'postgres',
    config: { client: 'pg', connection: url.href },
    drop: () => onServer(`drop database ${database} with (force)`),
  };
}
