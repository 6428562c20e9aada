import { report } from '../lib';
import { openPostgres, openSqlite } from '../overview/databases';
import type { BenchDatabase } from '../overview/databases';
import { fill } from '../overview/fill';
import { measurePortfolio } from './services';

/** Thirteen months and a bit, so that the first of them can be compared too. */
const SIZE = { entities: 10_000, days: 400, services: 3 };

const LIMIT_MS = 150;

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** How fast the portfolio is answered, on SQLite, and on PostgreSQL where the environment names one. */
export async function run(): Promise<void> {
  const postgres = process.env[CONNECTION];
  const opens: (() => Promise<BenchDatabase>)[] = [openSqlite];
  if (postgres) {
    opens.push(() => openPostgres(postgres));
  }
  for (const open of opens) {
    await measureDatabase(await open());
  }
}

async function measureDatabase(bench: BenchDatabase): Promise<void> {
  try {
    await fill(bench.database, SIZE);
    const times = await measurePortfolio(bench.database, SIZE);
    // The names that are watched are those of SQLite, where one connection serves all.
    const suffix = bench.name === 'sqlite' ? '' : `.${bench.name}`;
    report({
      name: `portfolio.p95${suffix}`,
      value: times.byOwner,
      unit: 'ms',
      against: `${LIMIT_MS} ms at most`,
    });
    report({
      name: `portfolio.entities.p95${suffix}`,
      value: times.byEntity,
      unit: 'ms',
      against: 'the same by entity',
    });
    report({
      name: `portfolio.everybody.p95${suffix}`,
      value: times.everybody,
      unit: 'ms',
      against: 'the same for a person who may read all of it',
    });
    report({
      name: `portfolio.first${suffix}`,
      value: times.first,
      unit: 'ms',
      against: 'the first answer after the bill was read',
    });
  } finally {
    await bench.dispose();
  }
}
