import { StateStore } from '../../bindings/StateStore';
import { testDatabases } from '../../collect/__testUtils__/collecting';
import { StatementsFixture } from './__testUtils__/StatementsFixture';
import { ClosingCalendar } from './ClosingCalendar';

jest.setTimeout(60_000);

const charges = [{ resource: 'a', effective: 7n }];

describe.each(testDatabases.eachSupportedId())(
  'the scheduled closing on %s',
  databaseId => {
    const setUp = () => StatementsFixture.create(databaseId);

    async function closedMonths(fixture: StatementsFixture): Promise<string[]> {
      return [...(await fixture.closed.list()).keys()].sort();
    }

    it('closes months whose time has come, and no other', async () => {
      const fixture = await setUp();
      fixture.now = new Date('2026-02-04T23:59:00Z');
      for (const month of ['2025-12', '2026-01', '2026-02']) {
        await fixture.deliver({ month, charges });
      }
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual(['2025-12']);
      fixture.now = new Date('2026-02-05T00:00:00Z');
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual(['2025-12', '2026-01']);
    });

    it('waits as long as it is told to', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: '2026-02', charges });
      const calendar = ClosingCalendar.create({ closeAfter: { days: 20 } });
      await fixture.task(calendar).run();
      expect(await closedMonths(fixture)).toEqual([]);
      fixture.now = new Date('2026-03-21T00:00:00Z');
      await fixture.task(calendar).run();
      expect(await closedMonths(fixture)).toEqual(['2026-02']);
    });

    it('leaves a month open while a source of it fails, and closes it afterwards', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: '2026-01', charges });
      await fixture.deliver({
        month: '2026-01',
        charges,
        source: 'focus:azure',
      });
      await fixture.fail('2026-01', 'focus:azure');
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual([]);
      expect(await fixture.open().list()).toMatchObject([
        {
          month: '2026-01',
          due: true,
          obstacles: ["The last run of source 'focus:azure' failed."],
        },
      ]);
      await fixture.deliver({
        month: '2026-01',
        charges,
        source: 'focus:azure',
      });
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual(['2026-01']);
    });

    it('closes what was over before the first start a week later, as after the fact', async () => {
      const fixture = await setUp();
      const state = StateStore.create({ database: fixture.database });
      await state.set('statements_since', undefined);
      await fixture.deliver({ month: '2025-11', charges });
      await fixture.deliver({ month: '2026-02', charges });
      await fixture.deliver({ month: '2026-03', charges });
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual([]);
      expect(await fixture.open().list()).toMatchObject([
        {
          month: '2026-03',
          history: false,
          closesAt: new Date('2026-04-05T00:00:00Z'),
        },
        {
          month: '2026-02',
          history: true,
          closesAt: new Date('2026-03-17T12:00:00Z'),
        },
        { month: '2025-11', history: true },
      ]);
      fixture.now = new Date('2026-03-17T12:00:00Z');
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual(['2025-11', '2026-02']);
      expect((await fixture.statements.list(['2026-02']))[0].occasion).toBe(
        'history',
      );
    });

    it('goes on with other months where one is too large to be stated, and says so', async () => {
      const fixture = await setUp();
      // Two of them are more nanos than a row holds.
      const huge = [{ resource: 'a', effective: 6_000_000_000n * 10n ** 9n }];
      for (const source of ['focus:aws', 'focus:azure']) {
        await fixture.deliver({ month: '2025-12', charges: huge, source });
        await fixture.deliver({ month: '2026-01', charges, source });
      }
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual(['2026-01']);
      expect(await fixture.open().list()).toMatchObject([
        {
          month: '2025-12',
          obstacles: [
            expect.stringContaining('2025-12 stays open: the cost of'),
          ],
        },
      ]);
    });

    it('closes nothing before the catalog was read', async () => {
      const fixture = await setUp();
      await fixture.database
        .knex('plumbline_state')
        .where({ key: 'catalog_settled_at' })
        .delete();
      await fixture.deliver({ month: '2026-01', charges });
      await fixture.task().run();
      expect(await closedMonths(fixture)).toEqual([]);
    });

    it('adds a month up with the present links before it closes it', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: '2026-01', charges });
      await fixture.addEntity('component:default/checkout');
      fixture.give('a', 'component:default/checkout');
      await fixture.allocate();
      expect(await fixture.live('2026-01')).toEqual({
        'plumbline:unallocated USD': '0.000000007',
      });
      await fixture.task().run();
      expect(await fixture.stated('2026-01')).toEqual({
        'component:default/checkout USD': '0.000000007',
      });
    });
  },
);
