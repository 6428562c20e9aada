import { testDatabases } from '../../collect/__testUtils__/collecting';
import { StatementsFixture } from './__testUtils__/StatementsFixture';

jest.setTimeout(60_000);

const JAN = '2026-01';
const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';

describe.each(testDatabases.eachSupportedId())(
  'a closed month on %s',
  databaseId => {
    const charges = [
      { resource: 'a', effective: 7n },
      { resource: 'b', effective: 5n },
    ];

    async function closedMonth() {
      const fixture = await StatementsFixture.create(databaseId);
      await fixture.addEntity(checkout);
      await fixture.addEntity(ledger);
      fixture.give('a', checkout);
      await fixture.deliver({ month: JAN, charges });
      await fixture.task().run();
      expect(await fixture.closed.closedAt(JAN)).toBeDefined();
      return fixture;
    }

    it('is restated by differences alone when it is delivered again', async () => {
      const fixture = await closedMonth();
      const before = await fixture.frozenLines();
      await fixture.deliver({
        month: JAN,
        charges: [
          { resource: 'a', effective: 6n },
          { resource: 'b', effective: 5n },
          { resource: 'c', effective: 2n },
        ],
      });
      await fixture.task().run();
      expect(await fixture.stated(JAN, [1])).toEqual({
        'component:default/checkout USD': '-0.000000001',
        'plumbline:unallocated USD': '0.000000002',
      });
      expect(await fixture.stated(JAN)).toEqual(await fixture.live(JAN));
      const [original, restatement] = await fixture.statements.list([JAN]);
      expect((await fixture.frozenLines()).get(original.id)).toBe(
        before.get(original.id),
      );
      expect(restatement).toMatchObject({
        number: 1,
        causes: [{ source: 'focus:aws', cause: 'delivered-again' }],
        totals: [{ currency: 'USD', effective: '0.000000001' }],
      });
    });

    it('is not restated by a delivery of the same figures', async () => {
      const fixture = await closedMonth();
      await fixture.deliver({ month: JAN, charges });
      await fixture.task().run();
      await fixture.task().run();
      expect(await fixture.statements.list([JAN])).toHaveLength(1);
      expect(await fixture.database.knex('statement')).toHaveLength(1);
    });

    it('gets a difference back where the figures go back', async () => {
      const fixture = await closedMonth();
      await fixture.deliver({
        month: JAN,
        charges: [{ resource: 'a', effective: 1n }],
      });
      await fixture.task().run();
      await fixture.deliver({ month: JAN, charges });
      await fixture.task().run();
      expect(await fixture.stated(JAN, [1])).toEqual({
        'component:default/checkout USD': '-0.000000006',
        'plumbline:unallocated USD': '-0.000000005',
      });
      expect(await fixture.stated(JAN, [2])).toEqual({
        'component:default/checkout USD': '0.000000006',
        'plumbline:unallocated USD': '0.000000005',
      });
    });

    it('counts a source that is set up later', async () => {
      const fixture = await closedMonth();
      await fixture.deliver({
        month: JAN,
        charges: [{ resource: 'z', effective: 3n, currency: 'EUR' }],
        source: 'focus:azure',
      });
      await fixture.task().run();
      const [, restatement] = await fixture.statements.list([JAN]);
      expect(restatement).toMatchObject({
        causes: [{ source: 'focus:azure', cause: 'added' }],
        totals: [{ currency: 'EUR', effective: '0.000000003' }],
      });
    });

    it('keeps what a source was stated with that is no longer set up', async () => {
      const fixture = await closedMonth();
      await fixture.deliver({ month: JAN, charges, source: 'focus:azure' });
      await fixture.task().run();
      const stated = await fixture.stated(JAN);
      await fixture.retire('focus:azure');
      await fixture.task().run();
      expect(await fixture.stated(JAN)).toEqual(stated);
      await fixture.deliver({
        month: JAN,
        charges: [{ resource: 'a', effective: 8n }, charges[1]],
      });
      await fixture.task().run();
      expect(await fixture.stated(JAN, [2])).toEqual({
        'component:default/checkout USD': '0.000000001',
      });
    });

    it('is not restated to zero by a delivery without charges, nor by a failure', async () => {
      const fixture = await closedMonth();
      await fixture.fail(JAN);
      await fixture.fail();
      await fixture.task().run();
      await fixture.deliver({ month: JAN, charges: [] });
      await fixture.task().run();
      expect(await fixture.statements.list([JAN])).toHaveLength(1);
      expect(await fixture.restater.held(JAN)).toEqual([
        expect.stringContaining(
          "Source 'focus:aws' has delivered this month again without any charge.",
        ),
      ]);
      await fixture.deliver({
        month: JAN,
        charges: [charges[0], { resource: 'b', effective: 6n }],
      });
      await fixture.task().run();
      expect(await fixture.restater.held(JAN)).toEqual([]);
      expect(await fixture.stated(JAN)).toEqual(await fixture.live(JAN));
    });

    it('names an entity that it never named before as it is now', async () => {
      const fixture = await closedMonth();
      await fixture.addEntity(ledger, { owner: 'group:default/finance' });
      fixture.give('c', ledger);
      await fixture.deliver({
        month: JAN,
        charges: [...charges, { resource: 'c', effective: 2n }],
      });
      await fixture.task().run();
      const named = await fixture.database
        .knex('statement_entity')
        .where({ ref: ledger })
        .select('owner_ref');
      expect(named).toEqual([{ owner_ref: 'group:default/finance' }]);
      expect(
        await fixture.database
          .knex('statement_entity')
          .where({ ref: checkout }),
      ).toHaveLength(1);
    });

    it('refuses differences that are one nano off, and says so', async () => {
      const fixture = await closedMonth();
      await fixture.deliver({
        month: JAN,
        charges: [...charges, { resource: 'c', effective: 2n }],
      });
      await fixture.database
        .knex('entity_cost_monthly')
        .where({ entity_id: 1 })
        .update({ effective: fixture.database.knex.raw('effective - 1') });
      await fixture.task().run();
      expect(await fixture.statements.list([JAN])).toHaveLength(1);
      expect(fixture.logger.error).toHaveBeenCalledWith(
        "2026-01 is not restated: what was stated and what changed don't add up to the sources' totals",
      );
    });
  },
);
