import createKnex from 'knex';
import { PlumblineDatabase } from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import { measureHttp } from './http';
import { benchEntity } from './services';
async function main() {
  const [, n] = process.argv.slice(2);
  const knex = createKnex({ client: 'better-sqlite3', connection: { filename: `/tmp/w/api-bench-${n}.sqlite` }, useNullAsDefault: true, pool: { min: 1, max: 1 } });
  const size = { entities: Number(n), days: 400, services: 3 };
  console.log(await measureHttp(PlumblineDatabase.fromKnex(knex), i => benchEntity(i, size)));
}
main().then(() => process.exit(0), e => { console.error(e); process.exit(1); });
