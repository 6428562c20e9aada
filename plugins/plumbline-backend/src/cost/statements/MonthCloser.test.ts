import { testDatabases } from '../../collect/__testUtils__/collecting';
import { StatementsFixture } from './__testUtils__/StatementsFixture';

jest.setTimeout(60_000);

const JAN = '2026-01';
const checkout = 'component:default/checkout';

describe.each(testDatabases.eachSupportedId())(
  'closing a month on %s',
  databaseId => {
    async function setUp() {
      const fixture = await StatementsFixture.create(databaseId);
      await fixture.addEntity(checkout, {
        owner: 'group:default/payments',
        title: 'Checkout',
      });
      fixture.give('a', checkout);
      return fixture;
    }

    const charges = [
      { resource: 'a', effective: 7_000_000_001n, billed: 8n },
      { resource: 'b', effective: 5n },
      // A correction of December, in the invoice of January.
      { resource: 'a', effective: -2n, day: -20, correction: true },
      // A fee that reaches into the next month.
      { resource: 'a', effective: 30n, day: 40, category: 'Tax' as const },
      { resource: '', effective: 4n, category: 'Credit' as const },
      { resource: 'a', effective: 1n, currency: 'EUR' },
    ];

    it('states every charge of the billing month, whatever its day, and both buckets', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges });
      await fixture.closer.close({ month: JAN, occasion: 'schedule' });
      expect(await fixture.stated(JAN)).toEqual({
        'component:default/checkout EUR': '0.000000001',
        'component:default/checkout USD': '7.000000029',
        'plumbline:shared USD': '0.000000004',
        'plumbline:unallocated USD': '0.000000005',
      });
      const [statement] = await fixture.statements.list([JAN]);
      expect(statement).toMatchObject({
        number: 0,
        occasion: 'schedule',
        totals: [
          { currency: 'EUR', effective: '0.000000001' },
          {
            currency: 'USD',
            effective: '7.000000038',
            billed: '0.000000045',
          },
        ],
      });
      expect(await fixture.closed.closedAt(JAN)).toEqual(fixture.now);
    });

    it('adds up what all sources delivered', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges });
      await fixture.deliver({ month: JAN, charges, source: 'focus:azure' });
      await fixture.closer.close({ month: JAN, occasion: 'schedule' });
      expect(await fixture.stated(JAN)).toEqual(await fixture.live(JAN));
      expect(await fixture.stated(JAN)).toMatchObject({
        'component:default/checkout USD': '14.000000058',
      });
    });

    it('keeps entities as they were, whatever becomes of them', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges });
      await fixture.closer.close({ month: JAN, occasion: 'schedule' });
      const before = await fixture.frozenLines();
      await fixture.addEntity(checkout, { owner: 'group:default/other' });
      await fixture.database
        .knex('entity')
        .where({ ref: checkout })
        .update({ removed_at: fixture.now });
      await fixture.task().run();
      expect(await fixture.frozenLines()).toEqual(before);
      expect([...before.values()].join()).toContain('group:default/payments');
    });

    it('writes large months in batches of 5,000 lines at most', async () => {
      const fixture = await setUp();
      await fixture.deliver({
        month: JAN,
        charges: Array.from({ length: 11_003 }, (_, index) => ({
          resource: 'a',
          service: `service ${index}`,
          effective: BigInt(index + 1),
        })),
      });
      await fixture.closer.close({ month: JAN, occasion: 'schedule' });
      expect(await fixture.stated(JAN)).toEqual(await fixture.live(JAN));
      const [{ lines }] = await fixture.database.query(
        'select count(*) as lines from statement_line',
      );
      expect(Number(lines)).toBe(11_003);
    });

    it('uses the links as they are at closing', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges });
      fixture.give('b', checkout);
      await fixture.closer.close({ month: JAN, occasion: 'schedule' });
      // The allocator has not been round yet: closing does not wait for it.
      expect(await fixture.stated(JAN)).toHaveProperty([
        'plumbline:unallocated USD',
      ]);
      await fixture.deliver({ month: '2025-12', charges });
      expect(await fixture.live('2025-12')).not.toHaveProperty([
        'plumbline:unallocated USD',
      ]);
    });

    it.each([
      ['of one day after another', ['a', 'a']],
      ['of several resources', ['a', 'b']],
    ])(
      'takes no month whose sums no row can hold, %s, rather than a wrong figure',
      async (_, resources) => {
        const fixture = await StatementsFixture.create(databaseId);
        await fixture.deliver({ month: JAN, charges });
        const before = await fixture.live(JAN);
        // Twelve milliards of rupiahs are more nanos than a BIGINT has, and become a negative number.
        await fixture.deliver({
          month: JAN,
          charges: resources.map((resource, day) => ({
            resource,
            day,
            currency: 'IDR',
            effective: 6_000_000_000_000_000_000n,
          })),
        });
        expect(await fixture.live(JAN)).toEqual(before);
        const run = await fixture.database
          .knex('collection_run')
          .orderBy('id', 'desc')
          .first('state');
        expect(run.state).not.toBe('succeeded');
      },
    );

    it('refuses a month whose lines are one nano off, and says so', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges });
      await fixture.database
        .knex('entity_cost_monthly')
        .where({ entity_id: 1 })
        .update({ billed: fixture.database.knex.raw('billed + 1') });
      await fixture.task().run();
      expect(await fixture.closed.closedAt(JAN)).toBeUndefined();
      const [month] = await fixture.open().list();
      expect(month.obstacles).toEqual([
        "2026-01 stays open: its lines don't add up to the totals that 'focus:aws' gave",
      ]);
      expect(await fixture.database.knex('statement')).toEqual([]);
      expect(await fixture.database.knex('statement_line')).toEqual([]);
    });

    it('closes once, however many try', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges });
      const attempts = await Promise.allSettled(
        [1, 2, 3].map(() =>
          fixture.closer.close({ month: JAN, occasion: 'hand' }),
        ),
      );
      expect(attempts.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
      ]);
      expect(await fixture.statements.list([JAN])).toHaveLength(1);
      expect(await fixture.stated(JAN)).toEqual(await fixture.live(JAN));
      expect(
        await fixture.database.knex('statement').whereNull('number'),
      ).toEqual([]);
      await expect(
        fixture.closer.close({ month: JAN, occasion: 'hand' }),
      ).rejects.toThrow('2026-01 is closed already');
    });

    it('closes an incomplete month only by force, and the statement says what it lacks', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges, endsEarly: 3 });
      await expect(
        fixture.closer.close({ month: JAN, occasion: 'hand' }),
      ).rejects.toThrow(
        "2026-01 is not complete. The data of source 'focus:aws' ends on 2026-01-28.",
      );
      await fixture.closer.close({
        month: JAN,
        occasion: 'hand',
        by: 'user:default/lea',
        force: { reason: 'The year must be closed' },
      });
      expect(await fixture.statements.list([JAN])).toMatchObject([
        {
          statedBy: 'user:default/lea',
          reason: 'The year must be closed',
          obstacles: ["The data of source 'focus:aws' ends on 2026-01-28."],
        },
      ]);
    });

    it('closes nothing that is not over, or that nobody delivered', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: '2026-03', charges });
      const force = { reason: 'now' };
      await expect(
        fixture.closer.close({ month: '2026-03', occasion: 'hand', force }),
      ).rejects.toThrow('is not over yet');
      await expect(
        fixture.closer.close({ month: JAN, occasion: 'hand', force }),
      ).rejects.toThrow('No source has delivered anything for 2026-01');
    });

    it('leaves nothing half closed when its process dies on the way', async () => {
      const fixture = await setUp();
      await fixture.deliver({ month: JAN, charges });
      // What a dead process leaves: a draft with lines.
      const draft = await fixture.statements.open(JAN, 'schedule', fixture.now);
      await fixture.database.query(
        `insert into statement_line select ${draft.id}, 1, 1, 1, 1, 1, 5, 5`,
      );
      expect(await fixture.statements.list([JAN])).toEqual([]);
      fixture.now = new Date(fixture.now.getTime() + 2 * 60 * 60 * 1000);
      await fixture.task().run();
      expect(await fixture.statements.list([JAN])).toHaveLength(1);
      expect(await fixture.stated(JAN)).toEqual(await fixture.live(JAN));
      expect(
        await fixture.database.knex('statement').whereNull('number'),
      ).toEqual([]);
      expect(
        await fixture.database
          .knex('statement_line')
          .where({ statement_id: draft.id }),
      ).toEqual([]);
    });
  },
);
