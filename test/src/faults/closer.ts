import knexFactory from 'knex';
import {
  EntityCostMaterializer,
  MonthCloser,
  PlumblineDatabase,
} from '../bench/lib';

// A process that closes a month, for another one to kill. Says "begin" and "end".
async function main(): Promise<void> {
  const [config, month] = process.argv.slice(2);
  const knex = knexFactory(JSON.parse(config));
  const database = PlumblineDatabase.fromKnex(knex);
  await database.dialect.tune(knex);
  const closer = MonthCloser.create({
    database,
    materializer: EntityCostMaterializer.create({ database }),
  });
  process.send?.('begin');
  // The bill of these tests has no day that is complete.
  await closer.close({ month, occasion: 'hand', force: { reason: 'a test' } });
  process.send?.('end');
  await knex.destroy();
  process.disconnect?.();
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
