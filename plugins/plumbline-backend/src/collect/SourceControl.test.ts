import { ConflictError, NotFoundError } from '@backstage/errors';
import type { CostSource } from '@plumbline/backstage-plugin-plumbline-node';
import { CollectionStore } from './CollectionStore';
import { SourceControl } from './SourceControl';
import { SourceDetailsStore } from './SourceDetailsStore';
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

const february = partition('2026-02', usageRows('2026-02', 1n));
const january = partition('2026-01', usageRows('2026-01', 1n));

describe.each(testDatabases.eachSupportedId())(
  'SourceControl on %s',
  databaseId => {
    async function setUp(source: CostSource = sourceOf(january)) {
      const database = await emptyDatabase(databaseId);
      const { collect, feedOf, runner } = collecting(database);
      const triggerTask = jest.fn(async () => {});
      await runner.schedule([feedOf(source)], {
        scheduleTask: async () => {},
      } as never);
      // Made anew each time, as after a restart.
      const parts = () => {
        const options = { database, feeds: [feedOf(source)], now: () => NOW };
        const statuses = CollectionStore.create(options);
        return {
          control: SourceControl.create({
            ...options,
            statuses,
            scheduler: { triggerTask },
          }),
          details: SourceDetailsStore.create({ ...options, statuses }),
        };
      };
      const state = async () => (await parts().details.getDetails())[0];
      return { database, collect, triggerTask, parts, state };
    }

    it('lets a source rest, across restarts, until it is resumed', async () => {
      const source = sourceOf(january);
      const { database, collect, parts, state } = await setUp(source);
      await collect(source);
      await parts().control.pause('fake:bill', 'user:default/ada');
      await parts().control.pause('fake:bill', 'user:default/bob');

      expect(await state()).toMatchObject({
        state: 'paused',
        nextRunAt: undefined,
        pause: {
          reason: 'operator',
          since: NOW.toISOString(),
          by: 'user:default/ada',
        },
        months: [
          { month: '2026-01', publishedAt: NOW.toISOString(), rows: 93 },
        ],
      });
      await collect(source);
      expect(await ledger(database)).toHaveLength(1);

      await parts().control.resume('fake:bill');
      expect((await state()).pause).toBeUndefined();
      await collect(source);
      expect(await ledger(database)).toHaveLength(2);
    });

    it('stops a run at work before it publishes, and goes on from there', async () => {
      let pause = async () => {};
      const source = fakeSource(async function* halfway({ cursor }) {
        if (cursor === undefined) {
          yield* january;
          await pause();
        }
        yield* february;
      });
      const { database, collect, parts, state } = await setUp(source);
      pause = () => parts().control.pause('fake:bill', 'user:default/ada');
      await collect(source);
      expect(Object.keys(await liveSums(database))).not.toContain('2026-02');
      expect(await state()).toMatchObject({
        state: 'paused',
        lastRun: { state: 'running' },
      });

      pause = async () => {};
      await parts().control.resume('fake:bill');
      await collect(source);
      expect(Object.keys(await liveSums(database)).sort()).toEqual([
        '2026-01',
        '2026-02',
      ]);
    });

    it('starts a run through the scheduler, within the day’s paid calls', async () => {
      const source = fakeSource(
        async function* spending({ budget }) {
          await budget.spend(2);
          yield* february;
        },
        { paidCallsPerDay: 2 },
      );
      const { collect, triggerTask, parts, state } = await setUp(source);
      await parts().control.collectNow('fake:bill');
      expect(triggerTask).toHaveBeenCalledWith('plumbline-collect-fake:bill');

      await collect(source);
      expect(await state()).toMatchObject({
        paidCallsToday: 2,
        paidCallsLast30Days: 2,
      });
      await expect(parts().control.collectNow('fake:bill')).rejects.toThrow(
        /2 paid calls of today/,
      );
      expect(triggerTask).toHaveBeenCalledTimes(1);
    });

    it('says why a run cannot be started', async () => {
      const { triggerTask, parts } = await setUp();
      const { control } = parts();
      triggerTask.mockRejectedValueOnce(new ConflictError('Task is running'));
      await expect(control.collectNow('fake:bill')).rejects.toThrow(
        /is being collected already/,
      );
      triggerTask.mockRejectedValueOnce(new NotFoundError('No such task'));
      await expect(control.collectNow('fake:bill')).rejects.toThrow(
        /not scheduled yet/,
      );
      await control.pause('fake:bill', 'user:default/ada');
      await expect(control.collectNow('fake:bill')).rejects.toThrow(
        /resume it first/,
      );
      for (const act of [
        control.pause('nothing', 'user:default/ada'),
        control.resume('nothing'),
        control.collectNow('nothing'),
      ]) {
        await expect(act).rejects.toThrow(NotFoundError);
      }
    });

    it('names the months that were not taken until they are', async () => {
      let broken = true;
      const source = fakeSource(async function* half() {
        yield* january;
        if (broken) {
          yield {
            type: 'failed',
            partition: '2026-02',
            problems: [{ severity: 'error', message: 'No', row: 3 }],
            cursor: '2026-02',
          };
        } else {
          yield* february;
        }
      });
      const { collect, state } = await setUp(source);
      await collect(source);
      expect(await state()).toMatchObject({
        state: 'partial',
        failedMonths: ['2026-02'],
        months: [{ month: '2026-01' }],
        schedule: { kind: 'interval', every: 'PT6H' },
      });
      broken = false;
      await collect(source);
      expect(await state()).toMatchObject({
        failedMonths: [],
        months: [{ month: '2026-02' }, { month: '2026-01' }],
      });
    });
  },
);
