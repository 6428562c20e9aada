import fs from 'node:fs';
import createKnex from 'knex';
import { applyMigrations, PlumblineDatabase } from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import { fill } from './fill';
import { measureServices } from './services';
async function main() {
  const [kind, n] = process.argv.slice(2);
  const file = `/tmp/w/api-bench-${n}.sqlite`;
  const size = { entities: Number(n), days: 400, services: 3 };
  let knex; let fresh;
  if (kind === 'pg') {
    const name = `api_bench_${n}`;
    const admin = createKnex({ client: 'pg', connection: 'postgresql://postgres@127.0.0.1:55432' });
    fresh = (await admin.raw('select 1 from pg_database where datname=?', [name])).rows.length === 0;
    if (fresh) await admin.raw('create database ??', [name]);
    await admin.destroy();
    knex = createKnex({ client: 'pg', connection: `postgresql://postgres@127.0.0.1:55432/${name}` });
  } else {
    fresh = !fs.existsSync(file);
    knex = createKnex({ client: 'better-sqlite3', connection: { filename: file }, useNullAsDefault: true, pool: { min: 1, max: 1 } });
    await knex.raw('pragma journal_mode = wal');
  }
  const database = PlumblineDatabase.fromKnex(knex);
  if (fresh) { await applyMigrations(knex); console.time('fill'); await fill(database, size); console.timeEnd('fill'); }
  for (let i = 0; i < 2; i++) {
    const a = process.cpuUsage();
    console.log(kind, n, await measureServices(database, size));
    const b = process.cpuUsage(a);
    console.log('cpu s', (b.user + b.system) / 1e6, fs.readFileSync('/proc/loadavg', 'utf8').trim());
  }
  await knex.destroy();
}
main().then(() => process.exit(0));
