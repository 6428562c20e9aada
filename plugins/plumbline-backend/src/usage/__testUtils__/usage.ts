import { mockServices } from '@backstage/backend-test-utils';
import type {
  CollectContext,
  UsageBatch,
  UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { CollectionRunner, createFeed } from '../../collect';
import { dayFromText, type PlumblineDatabase } from '../../database';
import { UsageSink } from '../ingest';

/** Values by entity and day of one metric. */
export type TestUsage = Record<string, Record<string, string>>;

/** The batches of one month. */
export function usagePartition(
  month: string,
  metric: string,
  usage: TestUsage,
  more: Partial<Extract<UsageBatch, { type: 'complete' }>> = {},
): UsageBatch[] {
  const rows = Object.entries(usage).flatMap(([entityRef, days]) =>
    Object.entries(days).map(([day, value]) => ({
      entityRef,
      metric,
      day: dayFromText(day),
      value,
    })),
  );
  return [
    { type: 'partition', partition: month },
    { type: 'rows', rows },
    {
      type: 'complete',
      partition: month,
      fingerprint: JSON.stringify(usage).slice(0, 200),
      rowsRead: rows.length,
      dataThrough: Math.max(...rows.map(({ day }) => day)),
      problems: [],
      cursor: month,
      ...more,
    },
  ];
}

/** A usage source that says these batches. */
export function usageSource(
  batches: readonly UsageBatch[],
  id = 'test:usage',
): UsageSource {
  return {
    id,
    title: 'Some metrics',
    schedule: { frequency: { hours: 6 }, timeout: { minutes: 30 } },
    paidCallsPerDay: 0,
    restatedMonths: 1,
    async *collect({ cursor }: CollectContext) {
      for (const batch of batches) {
        if (!cursor || !('partition' in batch) || batch.partition > cursor) {
          yield batch;
        }
      }
    },
  };
}

/** Collects usage sources into a database, as the back end does. */
export function collectingUsage(
  database: PlumblineDatabase,
  now = new Date('2026-03-21T12:00:00Z'),
) {
  const runner = CollectionRunner.create({
    database,
    logger: mockServices.logger.mock({
      child: () => mockServices.logger.mock(),
    }),
    now: () => now,
    retry: { maxAttempts: 1, initialDelayMs: 1, maxDelayMs: 2 },
  });
  const sink = UsageSink.create({ database, now: () => now });
  const feedOf = (source: UsageSource) =>
    createFeed({ source, domain: 'usage', sink });
  return {
    feedOf,
    collect: (source: UsageSource) =>
      runner.run(feedOf(source), new AbortController().signal),
  };
}
