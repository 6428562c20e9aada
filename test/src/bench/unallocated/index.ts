import { mockCredentials } from '@backstage/backend-test-utils';
import type { UnallocatedQuery } from '@plumbline/backstage-plugin-plumbline-common';
import {
  parseBucketSelection,
  parseUnallocatedQuery,
} from '@plumbline/backstage-plugin-plumbline-backend/src/api/request';
import { DefaultUnallocatedService } from '@plumbline/backstage-plugin-plumbline-backend/src/cost/unallocated';
import { report, say } from '../lib';
import { openPostgres, openSqlite } from '../overview/databases';
import type { BenchDatabase } from '../overview/databases';
import { percentile } from '../overview/percentile';
import { fill } from './fill';

const RESOURCES = 100_000;
const CALLS = 5;
const LIMIT_MS = { sqlite: 600, postgres: 1_000 };

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** Thirty days that begin and end within months, and the steps that lead down through them. */
const base = {
  bucket: 'unallocated',
  from: '2026-11-01',
  to: '2026-12-01',
} as const;
const account = '100000000007';
const steps: Record<string, Omit<UnallocatedQuery, 'limit'>> = {
  account: base,
  service: { ...base, groupBy: 'service' },
  tag: { ...base, groupBy: 'tag', tagKey: 'team' },
  uniqueTag: { ...base, groupBy: 'tag', tagKey: 'Name' },
  resource: { ...base, groupBy: 'resource' },
  search: { ...base, groupBy: 'resource', search: 'i-4711' },
  within: { ...base, account, groupBy: 'resource', tag: 'team=' },
  partOfMonth: { ...base, from: '2026-11-07', to: '2026-11-24' },
};

/** How fast 100,000 resources that belong to nobody are broken down. */
export async function run(): Promise<void> {
  const postgres = process.env[CONNECTION];
  const opens: (() => Promise<BenchDatabase>)[] = [openSqlite];
  if (postgres) {
    opens.push(() => openPostgres(postgres));
  }
  for (const open of opens) {
    const bench = await open();
    try {
      await fill(bench.database, RESOURCES);
      await measure(bench);
    } finally {
      await bench.dispose();
    }
  }
}

async function measure({ name: kind, database }: BenchDatabase): Promise<void> {
  // The name that is watched is that of SQLite.
  const suffix = kind === 'sqlite' ? '' : `.${kind}`;
  const service = DefaultUnallocatedService.create({
    database,
    statuses: { getStatuses: async () => [] },
    bindings: { listEnvironments: async () => [] },
  });
  const credentials = mockCredentials.user();
  const calls: Record<string, () => Promise<unknown>> = {
    tagKeys: () =>
      service.getTagKeys({ query: parseBucketSelection(base), credentials }),
  };
  for (const [name, query] of Object.entries(steps)) {
    calls[name] = () =>
      service.getCosts({ query: parseUnallocatedQuery(query), credentials });
  }
  let slowest = 0;
  for (const [name, call] of Object.entries(calls)) {
    const times: number[] = [];
    await call();
    const { user } = process.cpuUsage();
    for (let count = 0; count < CALLS; count++) {
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
    const p95 = percentile(times, 0.95);
    slowest = Math.max(slowest, p95);
    const busy = (process.cpuUsage().user - user) / 1_000 / CALLS;
    say(
      `${name}${suffix}: p95 ${Math.round(p95)} ms, ${Math.round(
        busy,
      )} ms of this process's CPU a call`,
    );
  }
  report({
    name: `unallocated.p95${suffix}`,
    value: slowest,
    unit: 'ms',
    against: `${LIMIT_MS[kind]} ms at most, the slowest step`,
  });
}
