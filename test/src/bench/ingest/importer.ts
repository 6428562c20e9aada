import knexFactory from 'knex';
import {
  applyMigrations,
  CollectionRunner,
  CostSink,
  createFeed,
  EntityCostMaterializer,
  PlumblineDatabase,
  quietLogger,
} from '../lib';
import { focusSource } from './focusSource';
import { ListedAllocator } from './ListedAllocator';

/** What an import came to. */
export interface ImportResult {
  ms: number;
  lines: number;
  resourceRows: number;
  entityRows: number;
  rssMiB: number;
}

// A process that imports an export into an empty database, and says what it took.
async function main(): Promise<void> {
  const [config, data] = process.argv.slice(2);
  const knex = knexFactory(JSON.parse(config));
  await applyMigrations(knex);
  const database = PlumblineDatabase.fromKnex(knex);
  await database.dialect.tune(knex);
  const allocator = await ListedAllocator.create({ database, data });
  const feed = createFeed({
    source: focusSource(data),
    domain: 'cost',
    sink: CostSink.create({
      database,
      allocator,
      materializer: EntityCostMaterializer.create({ database }),
    }),
  });
  const runner = CollectionRunner.create({ database, logger: quietLogger });

  const started = performance.now();
  await runner.run(feed, new AbortController().signal);
  const ms = performance.now() - started;

  const [run] = await knex('collection_run');
  if (run.state !== 'succeeded') {
    throw new Error(`The import is ${run.state}: ${run.problems}`);
  }
  const count = async (table: string) => {
    const [row] = await database.query(
      `select count(*) as there from ${table}`,
    );
    return Number(row.there);
  };
  const imported: ImportResult = {
    ms,
    lines: Number(run.row_count),
    resourceRows: await count('resource_cost_daily'),
    entityRows: await count('entity_cost_daily'),
    rssMiB: process.resourceUsage().maxRSS / 1024,
  };
  await knex.destroy();
  process.send?.({ imported }, () => process.disconnect());
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
