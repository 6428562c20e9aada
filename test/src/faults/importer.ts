import knexFactory from 'knex';
import {
  CollectionRunner,
  CostSink,
  createFeed,
  EntityCostMaterializer,
  PlumblineDatabase,
  quietLogger,
} from '../bench/lib';
import { billOf } from './bill';

// A process that imports one version of the bill, for another one to kill. Says "begin" and "end".
async function main(): Promise<void> {
  const [config, version] = process.argv.slice(2);
  const knex = knexFactory(JSON.parse(config));
  const database = PlumblineDatabase.fromKnex(knex);
  await database.dialect.tune(knex);
  const materializer = EntityCostMaterializer.create({ database });
  const sink = CostSink.create({
    database,
    materializer,
    allocator: { refresh: async () => 0 },
  });
  const feed = createFeed({
    source: billOf(Number(version)),
    domain: 'cost',
    sink,
  });
  const runner = CollectionRunner.create({ database, logger: quietLogger });
  process.send?.('begin');
  await runner.run(feed, new AbortController().signal);
  process.send?.('end');
  await knex.destroy();
  process.disconnect?.();
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
