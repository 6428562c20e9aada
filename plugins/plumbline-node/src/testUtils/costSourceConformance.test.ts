import type {
  CollectContext,
  CostBatch,
  CostSource,
  DailyCost,
} from '../sources';
import { costSourceConformance } from './costSourceConformance';

type Change = (batch: CostBatch) => CostBatch[];
type Fault = Partial<CostSource> & { change?: Change };

const months = ['2026-07', '2026-08'];

function* batchesOf(month: string): Generator<CostBatch> {
  yield { type: 'partition', partition: month };
  yield {
    type: 'resources',
    resources: [
      { provider: 'AWS', accountId: '1', resourceId: 'fn', tags: {} },
    ],
  };
  yield { type: 'services', services: [{ provider: 'AWS', name: 'Lambda' }] };
  yield {
    type: 'rows',
    rows: [
      {
        resource: 0,
        service: 0,
        day: 20_700,
        currency: 'USD',
        category: 'Usage',
        correction: false,
        effectiveNanos: 1n,
        billedNanos: -2_000_000_000n,
      },
    ],
  };
  yield {
    type: 'complete',
    partition: month,
    fingerprint: `print of ${month}`,
    totals: [{ currency: 'USD', effective: '0.0000000014', billed: '-2' }],
    rowsRead: 3,
    problems: [],
    cursor: month,
  };
}

/** A source that keeps every rule, but for its fault. */
function source({ change = batch => [batch], ...fault }: Fault): CostSource {
  return {
    id: 'test:good',
    title: 'Good',
    schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 } },
    paidCallsPerDay: 0,
    restatedMonths: 1,
    async *collect({ window, cursor, published, signal }: CollectContext) {
      for (const month of months) {
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
    ...fault,
  };
}

/** The rules that a source breaks. */
async function broken(fault: Fault): Promise<string[]> {
  const rules = costSourceConformance(async () => ({
    source: source(fault),
    window: { from: '2026-01', to: '2026-12' },
  }));
  const failed: string[] = [];
  for (const { rule, check } of rules) {
    await check().catch(() => failed.push(rule));
  }
  return failed;
}

const only =
  (
    type: CostBatch['type'],
    change: (batch: CostBatch) => CostBatch[],
  ): Change =>
  batch =>
    batch.type === type ? change(batch) : [batch];

const CONTRACT = 'keeps to the order, sizes, indexes and totals of batches';

it('lets a source pass that keeps the rules', async () => {
  expect(await broken({})).toEqual([]);
});

const rowFaults: Array<[string, Partial<DailyCost>]> = [
  ['a resource that was not announced', { resource: 1 }],
  ['a service that was not announced', { service: -1 }],
  ['half a day', { day: 0.5 }],
  ['a nano too much', { billedNanos: -1_999_999_999n }],
  ['another currency', { currency: 'EUR' }],
  ['more than 64 bits', { effectiveNanos: 2n ** 63n }],
];

it.each<[string, Change]>([
  ...rowFaults.map(([name, fault]): [string, Change] => [
    name,
    only('rows', batch =>
      batch.type === 'rows'
        ? [{ ...batch, rows: batch.rows.map(row => ({ ...row, ...fault })) }]
        : [],
    ),
  ]),
  [
    'too many rows at once',
    only('rows', batch =>
      batch.type === 'rows'
        ? [{ ...batch, rows: Array(5_001).fill(batch.rows[0]) }]
        : [],
    ),
  ],
  ['rows before their resources', only('resources', () => [])],
  ['a partition that is not opened', only('partition', () => [])],
  ['a partition that is not closed', only('complete', () => [])],
  [
    'a total that is no decimal',
    only('complete', batch =>
      batch.type === 'complete'
        ? [
            {
              ...batch,
              totals: [{ currency: 'USD', effective: '1e-9', billed: '-2' }],
            },
          ]
        : [],
    ),
  ],
])('finds %s', async (_, change) => {
  expect(await broken({ change })).toContain(CONTRACT);
});

it.each<[string, string, Fault]>([
  ['no title', 'describes itself', { title: ' ' }],
  [
    'reading what has not changed',
    'says unchanged where the fingerprint is the same',
    {
      collect: context =>
        source({}).collect({ ...context, published: new Map() }),
    },
  ],
  [
    'forgetting the cursor',
    'goes on after a cursor with exactly the rest',
    {
      collect: context => source({}).collect({ ...context, cursor: undefined }),
    },
  ],
  [
    'forgetting the window',
    'keeps to the window',
    {
      collect: context =>
        source({}).collect({
          ...context,
          window: { from: '2026-01', to: '2026-12' },
        }),
    },
  ],
  [
    'going on after an abort',
    'says nothing when aborted before it starts',
    {
      collect: context =>
        source({}).collect({
          ...context,
          signal: new AbortController().signal,
        }),
    },
  ],
])('finds %s', async (_, rule, fault) => {
  expect(await broken(fault)).toContain(rule);
});

it('finds a source that hangs when aborted', async () => {
  const hangs: Fault = {
    async *collect(context) {
      yield { type: 'partition', partition: '2026-07' };
      await new Promise(resolve =>
        context.signal.addEventListener('abort', () =>
          setTimeout(resolve, 3_000),
        ),
      );
    },
  };
  const rule = costSourceConformance(async () => ({
    source: source(hangs),
    window: { from: '2026-01', to: '2026-12' },
  })).find(item => item.rule === 'gives up soon after an abort');
  await expect(rule?.check()).rejects.toThrow(
    'did not end 2000 ms after abort',
  );
});
