import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import knexFactory, { type Knex } from 'knex';
import {
  applyMigrations,
  CollectionRunner,
  CostSink,
  createFeed,
  EntityCostMaterializer,
  PlumblineDatabase,
  postgresUrl,
  quietLogger,
  scratchDatabase,
  type ScratchDatabase,
} from '../bench/lib';
import { billOf, MONTHS, monthSum } from './bill';

/** How often a closing is killed, on each database. */
const KILLS = Number(process.env.PLUMBLINE_KILLS ?? 10);

jest.setTimeout(600_000);

const databases: ScratchDatabase['name'][] = postgresUrl()
  ? ['sqlite', 'postgres']
  : ['sqlite'];

describe.each(databases)('a closing on %s that is killed', name => {
  let scratch: ScratchDatabase;
  let knex: Knex;
  let database: PlumblineDatabase;

  beforeAll(async () => {
    scratch = await scratchDatabase(name);
    knex = knexFactory(scratch.config);
    await applyMigrations(knex);
    database = PlumblineDatabase.fromKnex(knex);
    await database.dialect.tune(knex);
    const sink = CostSink.create({
      database,
      materializer: EntityCostMaterializer.create({ database }),
      allocator: { refresh: async () => 0 },
    });
    await CollectionRunner.create({ database, logger: quietLogger }).run(
      createFeed({ source: billOf(1), domain: 'cost', sink }),
      new AbortController().signal,
    );
    await spread();
  });

  afterAll(async () => {
    await knex.destroy();
    await scratch.drop();
  });

  /** Makes many lines of few, so that a closing has many batches to be killed between. */
  async function spread(): Promise<void> {
    const [row] = await database.query(
      `select c.* from entity_cost_monthly c
       join cost_partition p on p.entity_generation = c.generation_id where p.month = '${MONTHS[0]}'`,
    );
    await database.insertRecords(
      'service',
      [
        { name: 'provider', type: 'text' },
        { name: 'name', type: 'text' },
      ],
      Array.from({ length: 60_000 }, (_, index) => ({
        provider: 'spread',
        name: String(index),
      })),
    );
    await database.query(
      `insert into entity_cost_monthly
         (generation_id, entity_id, month, environment_id, service_id, currency_id, charge_kind_id, effective, billed)
       select ${row.generation_id}, 1, '${row.month}', ${row.environment_id}, id, ${row.currency_id},
         ${row.charge_kind_id}, case when id % 2 = 0 then 1 else -1 end, case when id % 2 = 0 then 1 else -1 end
       from service where provider = 'spread'`,
    );
  }

  async function begin(): Promise<ChildProcess> {
    const child = fork(
      require.resolve('./closer.ts'),
      [JSON.stringify(scratch.config), MONTHS[0]],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        ],
        env: { ...process.env, NODE_ENV: 'development' },
      },
    );
    await new Promise<void>((resolve, reject) => {
      child.on('message', message => message === 'begin' && resolve());
      child.once('exit', code =>
        reject(new Error(`The closing ended with ${code} before it began`)),
      );
    });
    return child;
  }

  /** What readers see: nothing, or the whole month. */
  async function visible() {
    const [seen] = await database.query(
      `select (select count(*) from closed_month) as closed,
         (select count(*) from statement where number is not null) as statements,
         (select cast(coalesce(sum(line.effective), 0) as text) from statement_line line
          join statement on statement.id = line.statement_id and statement.number is not null) as effective`,
    );
    return {
      closed: Number(seen.closed),
      statements: Number(seen.statements),
      effective: BigInt(String(seen.effective)),
    };
  }

  it('shows the whole month or nothing of it, and closes it when it is tried again', async () => {
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = await begin();
      const exited = once(child, 'exit');
      await wait(10 + kill * 25);
      child.kill('SIGKILL');
      const [, signal] = await exited;
      killed += signal === 'SIGKILL' ? 1 : 0;
      const seen = await visible();
      if (seen.closed > 0) {
        break;
      }
      expect(seen).toEqual({ closed: 0, statements: 0, effective: 0n });
    }
    expect(killed).toBeGreaterThan(0);
    if ((await visible()).closed === 0) {
      const child = await begin();
      await once(child, 'exit');
    }
    expect(await visible()).toEqual({
      closed: 1,
      statements: 1,
      effective: monthSum(1),
    });
  });
});
