import { CollectionStore } from './CollectionStore';
import {
  collecting,
  emptyDatabase,
  fakeSource,
  partition,
  sourceOf,
  testDatabases,
  usageRows,
} from './__testUtils__/collecting';

jest.setTimeout(60_000);

const rows = usageRows('2026-02', 1n);

describe.each(testDatabases.eachSupportedId())(
  'CollectionStore on %s',
  databaseId => {
    async function setUp() {
      const database = await emptyDatabase(databaseId);
      let now = new Date('2026-03-03T12:00:00Z');
      const { collect, feedOf } = collecting(database, { now: () => now });
      const statusOf = async (source = sourceOf()) => {
        const store = CollectionStore.create({
          database,
          feeds: [feedOf(source)],
          now: () => now,
        });
        const [status] = await store.getStatuses();
        return status;
      };
      const goTo = (instant: string) => {
        now = new Date(instant);
      };
      return { collect, statusOf, goTo };
    }

    it('knows nothing before a run has ended', async () => {
      const { statusOf } = await setUp();
      expect(await statusOf()).toEqual({
        id: 'fake:bill',
        domain: 'cost',
        title: 'A bill',
        state: 'unknown',
        paidCallsToday: 0,
        paidCallsPerDay: 0,
      });
    });

    it('says how far the data goes, and when it is read again', async () => {
      const { collect, statusOf, goTo } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      expect(await statusOf()).toMatchObject({
        state: 'fresh',
        dataThrough: '2026-02-28',
        lastSuccessAt: '2026-03-03T12:00:00.000Z',
        nextRunAt: '2026-03-03T18:00:00.000Z',
        lastRun: { state: 'succeeded', rows: 84, problems: [] },
      });
      goTo('2026-03-05T12:00:01Z');
      expect(await statusOf()).toMatchObject({ state: 'stale' });
    });

    it('is stale when runs succeed and nothing is delivered any more', async () => {
      const { collect, statusOf, goTo } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      goTo('2026-03-05T23:00:00Z');
      await collect(sourceOf(partition('2026-02', rows)));
      expect(await statusOf()).toMatchObject({ state: 'fresh' });

      goTo('2026-03-06T01:00:00Z');
      await collect(sourceOf(partition('2026-02', rows)));
      expect(await statusOf()).toMatchObject({
        state: 'stale',
        dataThrough: '2026-02-28',
        lastRun: { state: 'succeeded' },
      });
    });

    it('knows nothing of a source whose runs succeed without any data', async () => {
      const { collect, statusOf } = await setUp();
      await collect(sourceOf([]));
      expect(await statusOf()).toMatchObject({ state: 'unknown' });
    });

    it('tells failing, partial and paused apart, the last success standing', async () => {
      const { collect, statusOf, goTo } = await setUp();
      await collect(sourceOf(partition('2026-02', rows)));
      goTo('2026-03-03T18:00:00Z');

      await collect(
        fakeSource(async function* broken() {
          yield* partition('2026-02', rows).slice(0, 1);
          throw new Error('boom');
        }),
      );
      expect(await statusOf()).toMatchObject({
        state: 'failing',
        lastSuccessAt: '2026-03-03T12:00:00.000Z',
        dataThrough: '2026-02-28',
        lastRun: { problems: [{ message: 'Error: boom' }] },
      });

      await collect(
        fakeSource(async function* half() {
          yield* partition('2026-02', rows);
          yield {
            type: 'failed',
            partition: '2026-03',
            problems: [],
            cursor: '2026-03',
          };
        }),
      );
      expect(await statusOf()).toMatchObject({ state: 'partial' });

      const paid = fakeSource(
        async function* spending({ budget }) {
          await budget.spend(2);
          await budget.spend(1);
          yield* partition('2026-02', rows);
        },
        { paidCallsPerDay: 2 },
      );
      await collect(paid);
      expect(await statusOf(paid)).toMatchObject({
        state: 'paused',
        paidCallsToday: 2,
        paidCallsPerDay: 2,
        lastRun: { state: 'budget-exhausted', paidCalls: 2 },
      });
    });
  },
);
