import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type {
  CollectContext,
  CostBatch,
  CostSource,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { Allocator } from '../../bindings';
import { CostSink } from '../../cost/ingest';
import { EntityCostMaterializer } from '../../cost/materialise';
import type { UsageWeights } from '../../usage';
import {
  applyMigrations,
  endDayOfMonth,
  firstDayOfMonth,
  nanosToDecimal,
  PlumblineDatabase,
} from '../../database';
import {
  CollectionRunner,
  type CollectionRunnerOptions,
} from '../CollectionRunner';
import { createFeed, type Feed } from '../Feed';

/** SQLite, and PostgreSQL where the environment names a server. */
export const testDatabases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING
    ? ['SQLITE_3', 'POSTGRES_15']
    : ['SQLITE_3'],
  disableDocker: true,
});

/** A migrated, empty database. */
export async function emptyDatabase(
  id: Parameters<typeof testDatabases.init>[0],
): Promise<PlumblineDatabase> {
  const knex = await testDatabases.init(id);
  await applyMigrations(knex);
  return PlumblineDatabase.fromKnex(knex);
}

/** The present, as all these tests see it. */
export const NOW = new Date('2026-03-10T12:00:00Z');

/** Rows of one partition: three resources, two services, one row a day each. */
export function usageRows(month: string, nanos: bigint): DailyCost[] {
  const rows: DailyCost[] = [];
  for (let day = firstDayOfMonth(month); day < endDayOfMonth(month); day++) {
    for (const resource of [0, 1, 2]) {
      rows.push({
        resource,
        service: resource % 2,
        day,
        currency: 'USD',
        category: 'Usage',
        correction: false,
        effectiveNanos: nanos,
        billedNanos: nanos,
      });
    }
  }
  return rows;
}

/** The batches of a whole partition. */
export function partition(
  month: string,
  rows: DailyCost[],
  more: Partial<Extract<CostBatch, { type: 'complete' }>> = {},
): CostBatch[] {
  const sums = new Map<string, { effective: bigint; billed: bigint }>();
  for (const row of rows) {
    const sum = sums.get(row.currency) ?? { effective: 0n, billed: 0n };
    sum.effective += row.effectiveNanos;
    sum.billed += row.billedNanos;
    sums.set(row.currency, sum);
  }
  return [
    { type: 'partition', partition: month },
    {
      type: 'resources',
      resources: ['a', 'b', ''].map(resourceId => ({
        provider: 'AWS',
        accountId: '111111111111',
        resourceId,
        tags: { team: 'x' },
      })),
    },
    {
      type: 'services',
      services: [
        { provider: 'AWS', name: 'AWS Lambda' },
        { provider: 'AWS', name: 'Amazon DynamoDB' },
      ],
    },
    { type: 'rows', rows },
    {
      type: 'complete',
      partition: month,
      fingerprint: `of ${month}`,
      totals: [...sums].map(([currency, sum]) => ({
        currency,
        effective: nanosToDecimal(sum.effective),
        billed: nanosToDecimal(sum.billed),
      })),
      rowsRead: rows.length,
      dataThrough: endDayOfMonth(month) - 1,
      problems: [],
      cursor: month,
      ...more,
    },
  ];
}

/** A source that says what the given function does. */
export function fakeSource(
  collect: (context: CollectContext) => AsyncIterable<CostBatch>,
  more: Partial<CostSource> = {},
): CostSource {
  return {
    id: 'fake:bill',
    title: 'A bill',
    schedule: { frequency: { hours: 6 }, timeout: { minutes: 30 } },
    paidCallsPerDay: 0,
    restatedMonths: 2,
    collect,
    ...more,
  };
}

/** A source that says these batches after the cursor, whatever it is asked. */
export function sourceOf(...partitions: CostBatch[][]): CostSource {
  return fakeSource(async function* collect({ cursor }) {
    for (const batches of partitions) {
      const end = batches[batches.length - 1];
      if (cursor === undefined || ('cursor' in end && end.cursor > cursor)) {
        yield* batches;
      }
    }
  });
}

/** Everything that collects costs into a database. */
export function collecting(
  database: PlumblineDatabase,
  {
    allocator,
    usageWeights,
    ...options
  }: Partial<CollectionRunnerOptions> & {
    allocator?: Allocator;
    usageWeights?: UsageWeights;
  } = {},
) {
  const now = options.now ?? (() => NOW);
  const materializer = EntityCostMaterializer.create({
    database,
    restatedMonths: () => 2,
    usageWeights,
    now,
  });
  const runner = CollectionRunner.create({
    database,
    logger: mockServices.logger.mock({
      child: () => mockServices.logger.mock(),
    }),
    now,
    retry: { maxAttempts: 3, initialDelayMs: 1, maxDelayMs: 2 },
    ...options,
  });
  const feedOf = (source: CostSource): Feed =>
    createFeed({
      source,
      domain: 'cost',
      sink: CostSink.create({
        database,
        allocator: allocator ?? {
          refresh: async () => {
            const version = await database
              .knex('plumbline_state')
              .where({ key: 'bindings_version' })
              .first('value');
            return Number(version.value);
          },
        },
        materializer,
        now,
      }),
    });
  return {
    materializer,
    runner,
    feedOf,
    collect: (source: CostSource, signal = new AbortController().signal) =>
      runner.run(feedOf(source), signal),
  };
}

/** What readers see: live sums by month, of resource rows and of entity rows, and the monthly tables. */
export async function liveSums(
  database: PlumblineDatabase,
): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const [table, pointer] of [
    ['resource_cost_daily', 'resource_generation'],
    ['entity_cost_daily', 'entity_generation'],
    ['entity_cost_monthly', 'entity_generation'],
  ]) {
    const rows = await database.query(
      `select p.month as month, cast(sum(c.effective) as text) as sum
       from cost_partition p join ${table} c on c.generation_id = p.${pointer} group by p.month`,
    );
    for (const row of rows) {
      const month = String(row.month);
      const sum = nanosToDecimal(String(row.sum));
      sums[month] =
        sums[month] === undefined || sums[month] === sum
          ? sum
          : `${sums[month]} ≠ ${sum} in ${table}`;
    }
  }
  return sums;
}

/** The runs of the ledger, the oldest first. */
export async function ledger(database: PlumblineDatabase) {
  const rows = await database.knex('collection_run').orderBy('id');
  return rows.map(row => ({
    state: row.state,
    published: row.partitions_published,
    unchanged: row.partitions_unchanged,
    failed: row.partitions_failed,
    slices: row.slices,
    messages: JSON.parse(row.problems).map(
      (problem: { message: string }) => problem.message,
    ),
  }));
}
