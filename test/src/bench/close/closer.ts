import knexFactory from 'knex';
import {
  applyMigrations,
  CollectionRunner,
  CostSink,
  createFeed,
  EntityCostMaterializer,
  MonthCloser,
  PlumblineDatabase,
  quietLogger,
} from '../lib';
import { focusSource } from '../ingest/focusSource';
import { ListedAllocator } from '../ingest/ListedAllocator';

/** What closing a month came to. */
export interface CloseResult {
  importMs: number;
  closeMs: number;
  charges: number;
  lines: number;
  entities: number;
  rssMiB: number;
}

// A process that imports one month into an empty database and closes it, and says what each took.
async function main(): Promise<void> {
  const [config, data, month] = process.argv.slice(2);
  const knex = knexFactory(JSON.parse(config));
  await applyMigrations(knex);
  const database = PlumblineDatabase.fromKnex(knex);
  await database.dialect.tune(knex);
  const allocator = await ListedAllocator.create({ database, data });
  const materializer = EntityCostMaterializer.create({ database });
  const feed = createFeed({
    source: focusSource(data),
    domain: 'cost',
    sink: CostSink.create({ database, allocator, materializer }),
  });
  const runner = CollectionRunner.create({ database, logger: quietLogger });

  const started = performance.now();
  await runner.run(feed, new AbortController().signal);
  const imported = performance.now();
  const [run] = await knex('collection_run');
  if (run.state !== 'succeeded') {
    throw new Error(`The import is ${run.state}: ${run.problems}`);
  }
  // The listed allocation stands for a catalog that was resolved once.
  await knex('plumbline_state')
    .where({ key: 'bindings_version' })
    .update({ value: '1' });

  const closing = performance.now();
  await MonthCloser.create({ database, materializer }).close({
    month,
    occasion: 'schedule',
  });
  const closed = performance.now();

  const count = async (table: string) => {
    const [row] = await database.query(
      `select count(*) as there from ${table}`,
    );
    return Number(row.there);
  };
  const result: CloseResult = {
    importMs: imported - started,
    closeMs: closed - closing,
    charges: Number(run.row_count),
    lines: await count('statement_line'),
    entities: await count('statement_entity'),
    rssMiB: process.resourceUsage().maxRSS / 1024,
  };
  await knex.destroy();
  process.send?.({ result }, () => process.disconnect());
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
