import { setTimeout as wait } from 'node:timers/promises';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import type {
  CollectContext,
  CostBatch,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  collecting,
  emptyDatabase,
  fakeSource,
  ledger,
  liveSums,
  NOW,
  partition,
  sourceOf,
  testDatabases,
  usageRows,
} from './__testUtils__/collecting';

jest.setTimeout(60_000);

const january = usageRows('2026-01', 1_000_000_001n);
const february = usageRows('2026-02', 2_000_000_000n);

/** 3 × 31 × 1.000000001 and 3 × 28 × 2. */
const BOTH = { '2026-01': '93.000000093', '2026-02': '168' };

const failed = (month: string): CostBatch[] => [
  {
    type: 'failed',
    partition: month,
    problems: [
      { severity: 'error', message: 'truncated file', partition: month },
    ],
    cursor: month,
  },
];

describe.each(testDatabases.eachSupportedId())(
  'CollectionRunner on %s',
  databaseId => {
    async function setUp(options: Parameters<typeof collecting>[1] = {}) {
      const database = await emptyDatabase(databaseId);
      return { database, ...collecting(database, options) };
    }

    it('makes each partition live and books the run', async () => {
      const { database, collect } = await setUp();
      await collect(
        sourceOf(partition('2026-01', january), partition('2026-02', february)),
      );
      expect(await liveSums(database)).toEqual(BOTH);
      expect(await ledger(database)).toEqual([
        {
          state: 'succeeded',
          published: 2,
          unchanged: 0,
          failed: 0,
          slices: 1,
          messages: [],
        },
      ]);
    });

    it('tells the source what is live, and asks for all months first, then for those that may be restated', async () => {
      const { database, collect } = await setUp();
      const contexts: CollectContext[] = [];
      const source = fakeSource(async function* collectCosts(context) {
        contexts.push(context);
        if (context.published.get('2026-02') === 'of 2026-02') {
          yield { type: 'unchanged', partition: '2026-02', cursor: '2026-02' };
        } else {
          yield* partition('2026-02', february);
        }
      });
      await collect(source);
      await collect(source);
      expect(contexts.map(({ window }) => window)).toEqual([
        { from: '2024-03', to: '2026-03' },
        { from: '2026-01', to: '2026-03' },
      ]);
      expect(await ledger(database)).toMatchObject([
        { state: 'succeeded', published: 1, unchanged: 0 },
        { state: 'succeeded', published: 0, unchanged: 1 },
      ]);
      expect(await liveSums(database)).toEqual({ '2026-02': '168' });
    });

    it('replaces a restated partition, never adds to it', async () => {
      const { database, collect } = await setUp();
      await collect(sourceOf(partition('2026-02', february)));
      await collect(
        sourceOf(partition('2026-02', usageRows('2026-02', 5_000_000_000n))),
      );
      expect(await liveSums(database)).toEqual({ '2026-02': '420' });
    });

    it('keeps the old data of a partition that failed while others change', async () => {
      const { database, collect } = await setUp();
      await collect(
        sourceOf(partition('2026-01', january), partition('2026-02', february)),
      );
      await collect(
        sourceOf(
          failed('2026-01'),
          partition('2026-02', usageRows('2026-02', 3_000_000_000n)),
        ),
      );
      expect(await liveSums(database)).toEqual({ ...BOTH, '2026-02': '252' });
      expect((await ledger(database))[1]).toMatchObject({
        state: 'partial',
        failed: 1,
        messages: ['truncated file'],
      });
    });

    it('keeps everything when the source throws within a partition, and says so', async () => {
      const { database, collect } = await setUp();
      await collect(sourceOf(partition('2026-01', january)));
      await collect(
        fakeSource(async function* collectCosts() {
          yield* partition('2026-01', february).slice(0, 2);
          throw new NotAllowedError('s3:GetObject is denied');
        }),
      );
      expect(await liveSums(database)).toEqual({ '2026-01': '93.000000093' });
      expect((await ledger(database))[1]).toMatchObject({
        state: 'failed',
        messages: ['NotAllowedError: s3:GetObject is denied'],
      });
    });

    it('tries again after errors that may pass, from where it was', async () => {
      const { database, collect } = await setUp();
      const cursors: (string | undefined)[] = [];
      await collect(
        fakeSource(async function* collectCosts({ cursor }) {
          cursors.push(cursor);
          if (cursor === undefined) {
            yield* partition('2026-01', january);
          }
          if (cursors.length < 4) {
            throw new ServiceUnavailableError('throttled');
          }
          yield* partition('2026-02', february);
        }),
      );
      expect(cursors).toEqual([undefined, '2026-01', '2026-01', '2026-01']);
      expect(await liveSums(database)).toEqual(BOTH);
      expect((await ledger(database))[0].state).toBe('succeeded');
    });

    it('gives up after some attempts, and at once where trying again cannot help', async () => {
      const { database, collect } = await setUp();
      let attempts = 0;
      const failing = (error: Error) =>
        fakeSource(async function* collectCosts() {
          attempts += 1;
          yield* failed('2026-01').slice(1);
          throw error;
        });
      await collect(failing(new ServiceUnavailableError('throttled')));
      expect(attempts).toBe(4);
      attempts = 0;
      await collect(failing(new NotAllowedError('no')));
      expect(attempts).toBe(1);
      expect(await ledger(database)).toMatchObject([
        { state: 'failed' },
        { state: 'failed' },
      ]);
    });

    it('books the problems that an error brings along', async () => {
      const { database, collect } = await setUp();
      const problem = {
        severity: 'error' as const,
        message: 'May not list the bucket',
        missingRight: 's3:ListBucket',
      };
      await collect(
        fakeSource(async function* collectCosts() {
          yield* failed('2026-01').slice(1);
          throw Object.assign(new NotAllowedError('no'), {
            problems: [problem],
          });
        }),
      );
      const [run] = await database.knex('collection_run').select('problems');
      expect(JSON.parse(run.problems)).toContainEqual(problem);
    });

    it('does not sleep on between two attempts when it is told to stop', async () => {
      const { collect } = await setUp({
        sliceDuration: { milliseconds: 200 },
        retry: { initialDelayMs: 60_000, maxDelayMs: 60_000 },
      });
      const started = performance.now();
      let attempts = 0;
      await collect(
        fakeSource(async function* collectCosts() {
          attempts += 1;
          if (attempts === 1) {
            throw new ServiceUnavailableError('throttled');
          }
          yield* partition('2026-01', january);
        }),
      );
      expect(attempts).toBe(2);
      expect(performance.now() - started).toBeLessThan(10_000);
    });

    it('goes on in a new slice when the time is over', async () => {
      const { database, collect } = await setUp({
        sliceDuration: { milliseconds: 300 },
      });
      let slices = 0;
      await collect(
        fakeSource(async function* collectCosts({ cursor, signal }) {
          slices += 1;
          if (cursor === undefined) {
            yield* partition('2026-01', january);
            await new Promise(resolve =>
              signal.addEventListener('abort', resolve),
            );
            return;
          }
          yield* partition('2026-02', february);
        }),
      );
      expect(slices).toBe(2);
      expect(await ledger(database)).toMatchObject([
        { state: 'succeeded', published: 2, slices: 2 },
      ]);
      expect(await liveSums(database)).toEqual(BOTH);
    });

    it('abandons a run that never gets further, though its source hangs', async () => {
      const { database, collect } = await setUp({
        sliceDuration: { milliseconds: 50 },
      });
      await collect(
        fakeSource(async function* collectCosts() {
          yield* partition('2026-01', january).slice(0, 1);
          await new Promise(() => {});
        }),
      );
      expect(await ledger(database)).toMatchObject([
        { state: 'abandoned', slices: 3 },
      ]);
    });

    it('stops when the process does, and the next one goes on', async () => {
      const { database, collect } = await setUp();
      const stop = new AbortController();
      const pausing = fakeSource(async function* collectCosts({ cursor }) {
        if (cursor === undefined) {
          yield* partition('2026-01', january);
          // The runner reads ahead of what it stores.
          while ((await ledger(database))[0].published === 0) {
            await wait(5);
          }
          stop.abort();
        }
        yield* partition('2026-02', february);
      });
      await collect(pausing, stop.signal);
      expect(await ledger(database)).toMatchObject([
        { state: 'running', published: 1 },
      ]);
      await collect(pausing);
      expect(await ledger(database)).toMatchObject([
        { state: 'succeeded', published: 2, slices: 2 },
      ]);
      expect(await liveSums(database)).toEqual(BOTH);
    });

    it('lets nobody publish or book who lost the ticket', async () => {
      const { database, runner, feedOf } = await setUp();
      let resume = () => {};
      const resumed = new Promise<void>(resolve => {
        resume = resolve;
      });
      let started = () => {};
      const isStarted = new Promise<void>(resolve => {
        started = resolve;
      });
      const slow = fakeSource(async function* collectCosts() {
        const batches = partition('2026-01', january);
        yield* batches.slice(0, -1);
        started();
        await resumed;
        yield* batches.slice(-1);
      });
      const { signal } = new AbortController();
      const first = runner.run(feedOf(slow), signal);
      await isStarted;
      await runner.run(
        feedOf(sourceOf(partition('2026-01', usageRows('2026-01', 7n)))),
        signal,
      );
      const before = await ledger(database);
      resume();
      await first;
      expect(await ledger(database)).toEqual(before);
      expect(await liveSums(database)).toEqual({ '2026-01': '0.000000651' });
    });

    it('spends no more paid calls a day than it may, in whatever run', async () => {
      let now = NOW;
      const { database, collect } = await setUp({ now: () => now });
      const remaining: number[] = [];
      const paid = fakeSource(
        async function* collectCosts({ budget }) {
          await budget.spend(2);
          remaining.push(budget.remaining);
          yield* partition('2026-01', january);
          await budget.spend(1);
          yield* partition('2026-02', february);
        },
        { paidCallsPerDay: 4 },
      );
      await collect(paid);
      await collect(paid);
      expect(remaining).toEqual([2]);
      expect(await ledger(database)).toMatchObject([
        { state: 'succeeded' },
        { state: 'budget-exhausted' },
      ]);
      now = new Date('2026-03-11T00:00:00Z');
      await collect(paid);
      expect(remaining).toEqual([2, 2]);
      expect(await database.knex('paid_call').pluck('calls')).toEqual([3, 3]);
    });

    it('makes none of the calls that are more than a day has, the first of it neither', async () => {
      const { database, collect } = await setUp();
      await collect(
        fakeSource(
          async function* collectCosts({ budget }) {
            await budget.spend(5);
            yield* partition('2026-01', january);
          },
          { paidCallsPerDay: 4 },
        ),
      );
      const [run] = await ledger(database);
      expect(run).toMatchObject({ state: 'budget-exhausted', published: 0 });
      expect(run.messages[0]).toContain('has 4 left, not 5');
      expect(await database.knex('paid_call').pluck('calls')).toEqual([]);
    });

    it('keeps finished partitions when the budget ends in the middle', async () => {
      const { database, collect } = await setUp();
      await collect(
        fakeSource(
          async function* collectCosts({ budget }) {
            await budget.spend(1);
            yield* partition('2026-01', january);
            await budget.spend(1);
            yield* partition('2026-02', february);
          },
          { paidCallsPerDay: 1 },
        ),
      );
      expect(await liveSums(database)).toEqual({ '2026-01': '93.000000093' });
      const [run] = await ledger(database);
      expect(run).toMatchObject({ state: 'budget-exhausted', published: 1 });
      expect(run.messages[0]).toContain('1 paid calls a day and has 0 left');
    });

    it('keeps a hundred problems and counts the rest', async () => {
      const { database, collect } = await setUp();
      await collect(
        sourceOf(
          partition('2026-01', january, {
            problems: Array.from({ length: 130 }, (_, row) => ({
              severity: 'warning' as const,
              message: `row ${row}`,
              row,
            })),
          }),
        ),
      );
      const run = await database.knex('collection_run').first();
      expect(JSON.parse(run.problems)).toHaveLength(100);
      expect(run.problem_count).toBe(130);
    });
  },
);
