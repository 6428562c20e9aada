import { report } from '../lib';
import { measureHttp } from './http';
import { openPostgres, openSqlite } from './databases';
import type { BenchDatabase } from './databases';
import { fill } from './fill';
import { measureServices } from './services';

const SMALL = { entities: 1_000, days: 400, services: 3 };
const LARGE = { ...SMALL, entities: 10_000 };

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** How fast pages are answered, on SQLite, and on PostgreSQL where the environment names one. */
export async function run(): Promise<void> {
  const postgres = process.env[CONNECTION];
  const opens: (() => Promise<BenchDatabase>)[] = [openSqlite];
  if (postgres) {
    opens.push(() => openPostgres(postgres));
  }
  for (const open of opens) {
    await measureDatabase(open);
  }
}

async function measureDatabase(
  open: () => Promise<BenchDatabase>,
): Promise<void> {
  const small = await measureSize(open, SMALL);
  const bench = await open();
  try {
    await fill(bench.database, LARGE);
    const times = await measureServices(bench.database, LARGE);
    // The names that are watched are those of SQLite, where one connection serves all.
    const suffix = bench.name === 'sqlite' ? '' : `.${bench.name}`;
    for (const [name, limit] of [
      ['overview', 20],
      ['costs', 60],
    ] as const) {
      report({
        name: `${name}.p95${suffix}`,
        value: times[name],
        unit: 'ms',
        against: `${limit} ms at most`,
      });
      report({
        name: `${name}.p95.at1000${suffix}`,
        value: small[name],
        unit: 'ms',
        against: 'the same at 10,000 entities',
      });
    }
    const http = await measureHttp(bench.database, LARGE);
    report({
      name: `overview.http.ratio${suffix}`,
      value: http.ratio,
      unit: '×',
      against: '1.5 × an empty authorised handler at most',
    });
    report({
      name: `overview.http.median${suffix}`,
      value: http.overview,
      unit: 'ms',
      against: `${Math.round(http.empty)} ms of an empty authorised handler`,
    });
  } finally {
    await bench.dispose();
  }
}

async function measureSize(
  open: () => Promise<BenchDatabase>,
  size: typeof SMALL,
): Promise<{ overview: number; costs: number }> {
  const bench = await open();
  try {
    await fill(bench.database, size);
    return await measureServices(bench.database, size);
  } finally {
    await bench.dispose();
  }
}
