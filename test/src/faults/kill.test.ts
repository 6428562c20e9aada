import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import knexFactory from 'knex';
import {
  applyMigrations,
  Janitor,
  PlumblineDatabase,
  postgresUrl,
  quietLogger,
  scratchDatabase,
  type ScratchDatabase,
} from '../bench/lib';
import { MONTHS } from './bill';
import { Reader } from './Reader';

/** How often an import is killed, on each database. */
const KILLS = Number(process.env.PLUMBLINE_KILLS ?? 15);

jest.setTimeout(600_000);

const databases: ScratchDatabase['name'][] = postgresUrl()
  ? ['sqlite', 'postgres']
  : ['sqlite'];

/** Waits until a process says a word; others say things too, such as which files they read. */
async function said(child: ChildProcess, word: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.on('message', message => {
      if (message === word) {
        resolve();
      }
    });
    child.once('exit', code =>
      reject(new Error(`The import ended with ${code} before '${word}'`)),
    );
  });
}

describe.each(databases)('an import on %s that is killed', name => {
  let scratch: ScratchDatabase;

  beforeAll(async () => {
    scratch = await scratchDatabase(name);
    const knex = knexFactory(scratch.config);
    await applyMigrations(knex);
    await knex.destroy();
  });

  afterAll(() => scratch.drop());

  /** Starts an import; resolves when it begins to write. */
  async function begin(version: number): Promise<ChildProcess> {
    const child = fork(
      require.resolve('./importer.ts'),
      [JSON.stringify(scratch.config), String(version)],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        ],
        env: { ...process.env, NODE_ENV: 'development' },
      },
    );
    await said(child, 'begin');
    return child;
  }

  /** Imports to the end; gives the time it took in ms. */
  async function importWhole(version: number): Promise<number> {
    const child = await begin(version);
    const started = performance.now();
    const exited = once(child, 'exit');
    await said(child, 'end');
    const took = performance.now() - started;
    await exited;
    return took;
  }

  it('never shows readers anything but one whole generation, and goes on when started again', async () => {
    let version = 1;
    const took = await importWhole(version);
    const reader = Reader.start(scratch.config);
    let killed = 0;
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        version += 1;
        const child = await begin(version);
        const exited = once(child, 'exit');
        await wait(((kill + 0.5) / KILLS) * took);
        child.kill('SIGKILL');
        const [, signal] = await exited;
        killed += signal === 'SIGKILL' ? 1 : 0;
      }
      // The first one may only finish, or give up, what the last victim had begun.
      await importWhole(version + 1);
      await importWhole(version + 2);
      await reader.check();
    } finally {
      await reader.stop();
    }
    expect(reader.faults).toEqual([]);
    expect(killed).toBeGreaterThan(KILLS / 2);
    expect(reader.reads).toBeGreaterThan(KILLS);
    expect(Object.fromEntries(reader.versions)).toEqual(
      Object.fromEntries(MONTHS.map(month => [month, version + 2])),
    );
  });

  it('leaves nothing behind once the janitor was there', async () => {
    const knex = knexFactory(scratch.config);
    try {
      const database = PlumblineDatabase.fromKnex(knex);
      await Janitor.create({ database, logger: quietLogger }).clean();
      expect(await knex('generation').pluck('id')).toHaveLength(
        2 * MONTHS.length,
      );
      for (const [table, pointer] of [
        ['resource_cost_daily', 'resource_generation'],
        ['entity_cost_daily', 'entity_generation'],
        ['entity_cost_monthly', 'entity_generation'],
      ]) {
        expect(
          await knex(table)
            .whereNotIn('generation_id', knex('cost_partition').select(pointer))
            .first(),
        ).toBeUndefined();
      }
    } finally {
      await knex.destroy();
    }
  });
});
