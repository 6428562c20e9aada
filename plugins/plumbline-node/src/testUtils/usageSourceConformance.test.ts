import type {
  CollectContext,
  DailyUsage,
  UsageBatch,
  UsageSource,
} from '../sources';
import { usageSourceConformance } from './usageSourceConformance';

type Change = (batch: UsageBatch) => UsageBatch[];

const FIRST_OF: Record<string, number> = {
  '2026-07': 20_635,
  '2026-08': 20_666,
};

function* batchesOf(month: string): Generator<UsageBatch> {
  yield { type: 'partition', partition: month };
  yield {
    type: 'rows',
    rows: [
      {
        entityRef: 'component:default/shop',
        metric: 'requests',
        day: FIRST_OF[month],
        value: '12.5',
      },
    ],
  };
  yield {
    type: 'complete',
    partition: month,
    fingerprint: `print of ${month}`,
    rowsRead: 1,
    dataThrough: FIRST_OF[month],
    problems: [],
    cursor: month,
  };
}

/** A source that keeps every rule, but for its fault. */
function source(change: Change = batch => [batch]): UsageSource {
  return {
    id: 'test:good',
    title: 'Good',
    schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 } },
    paidCallsPerDay: 0,
    restatedMonths: 1,
    async *collect({ window, cursor, published, signal }: CollectContext) {
      for (const month of Object.keys(FIRST_OF)) {
        signal.throwIfAborted();
        if (
          month < window.from ||
          month > window.to ||
          (cursor && month <= cursor)
        ) {
          continue;
        }
        if (published.get(month) === `print of ${month}`) {
          yield { type: 'unchanged', partition: month, cursor: month };
          continue;
        }
        for (const batch of batchesOf(month)) {
          yield* change(batch);
        }
      }
    },
  };
}

/** The rules that a source breaks. */
async function broken(change?: Change): Promise<string[]> {
  const failed: string[] = [];
  for (const { rule, check } of usageSourceConformance(async () => ({
    source: source(change),
    window: { from: '2026-01', to: '2026-12' },
  }))) {
    await check().catch(() => failed.push(rule));
  }
  return failed;
}

const rowFault =
  (fault: Partial<DailyUsage>): Change =>
  batch =>
    batch.type === 'rows'
      ? [{ ...batch, rows: batch.rows.map(row => ({ ...row, ...fault })) }]
      : [batch];

const without =
  (type: UsageBatch['type']): Change =>
  batch =>
    batch.type === type ? [] : [batch];

it('lets a source pass that keeps the rules', async () => {
  expect(await broken()).toEqual([]);
});

it.each<[string, Change]>([
  ['a reference without a kind', rowFault({ entityRef: 'shop' })],
  ['a metric with a blank', rowFault({ metric: 'my requests' })],
  ['a day of another month', rowFault({ day: 20_700 })],
  ['half a day', rowFault({ day: 20_635.5 })],
  ['a negative value', rowFault({ value: '-1' })],
  ['a float in text', rowFault({ value: '1e6' })],
  ['a partition that is not opened', without('partition')],
  ['a partition that is not closed', without('complete')],
  [
    'too many rows at once',
    batch =>
      batch.type === 'rows'
        ? [{ ...batch, rows: Array(5_001).fill(batch.rows[0]) }]
        : [batch],
  ],
])('finds %s', async (_, change) => {
  expect(await broken(change)).toContain(
    'keeps to the order, sizes and values of batches',
  );
});
