import { units } from '../testUtils';
import { databases, PortfolioFixture } from './__testUtils__/PortfolioFixture';

jest.setTimeout(60_000);

const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';

describe.each(databases.eachSupportedId())(
  'what a portfolio compares and knows, %p',
  id => {
    let fixture: PortfolioFixture;

    beforeEach(async () => {
      fixture = await PortfolioFixture.create(id);
      await fixture.costs.addEntities([
        { ref: checkout, owner: 'group:default/shop' },
        { ref: ledger, owner: 'group:default/money' },
      ]);
    });

    const cost = (entity: string, day: string, count: number, more = {}) => ({
      entity,
      day,
      effective: units(count),
      ...more,
    });

    it('compares the last complete month with the one before, and the days of this one with as many', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts([
        cost(checkout, '2026-01-31', 10),
        cost(checkout, '2026-02-20', 4),
        cost(checkout, '2026-02-21', 8),
        cost(checkout, '2026-03-01', 5, { billed: units(50) }),
      ]);
      const answer = await fixture.get();
      expect(answer.compared).toEqual({
        lastMonth: '2026-02',
        monthBefore: '2026-01',
      });
      expect(answer.toDate).toEqual({
        from: '2026-03-01',
        to: '2026-03-21',
        before: { from: '2026-02-01', to: '2026-02-21' },
      });
      expect(answer.incompleteFrom).toBe('2026-03-21');
      expect(answer.months).toEqual([
        { month: '2026-02', state: 'complete' },
        { month: '2026-03', state: 'incomplete' },
      ]);
      expect(answer.rows).toEqual([
        {
          kind: 'named',
          key: 'group:default/shop',
          entities: { counted: 1, withoutCost: 0 },
          currency: 'USD',
          total: '17',
          months: [
            { month: '2026-02', amount: '12' },
            { month: '2026-03', amount: '5' },
          ],
          lastMonth: '12',
          monthBefore: '10',
          difference: '2',
          change: '0.2',
          toDate: '5',
          usageToDate: '5',
          sameDaysBefore: '4',
          toDateChange: '0.25',
          share: '1',
        },
      ]);
      expect((await fixture.get({ basis: 'billed' })).rows[0]).toMatchObject({
        total: '62',
        toDate: '50',
      });
      expect(answer.headline).toEqual({
        state: 'ok',
        reason: 'The bill is complete through 20 March 2026.',
      });
    });

    it('compares days by usage only: what is billed once a month comes when it comes', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts([
        cost(checkout, '2026-02-02', 10, { billed: units(20) }),
        cost(checkout, '2026-02-01', 30, { category: 'Tax' }),
        cost(checkout, '2026-02-01', 9, { correction: true }),
        cost(checkout, '2026-03-02', 12, { billed: units(10) }),
        cost(checkout, '2026-03-02', -2, { category: 'Credit' }),
      ]);
      expect((await fixture.get()).rows).toMatchObject([
        {
          lastMonth: '49',
          toDate: '10',
          usageToDate: '12',
          sameDaysBefore: '10',
          toDateChange: '0.2',
        },
      ]);
      expect((await fixture.get({ basis: 'billed' })).rows).toMatchObject([
        { usageToDate: '10', sameDaysBefore: '20', toDateChange: '-0.5' },
      ]);
    });

    it('knows the days of each group and environment, and of the data that came since', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts([
        cost(checkout, '2026-03-02', 3, { environment: 'stage' }),
        cost(checkout, '2026-02-02', 1),
        cost(ledger, '2026-03-02', 9),
      ]);
      const days = async (query: object) => {
        const { rows } = await fixture.get(query);
        return rows.map(({ key, toDate, sameDaysBefore }) => [
          key,
          toDate,
          sameDaysBefore,
        ]);
      };
      expect(await days({ by: 'environment' })).toEqual([
        ['prod', '9', '1'],
        ['stage', '3', '0'],
      ]);
      expect(await days({ environment: 'stage' })).toEqual([
        ['group:default/shop', '3', '0'],
      ]);
      fixture.readable = { property: 'ref', values: [checkout] };
      expect(await days({})).toEqual([['group:default/shop', '3', '1']]);

      await fixture.costs.swap('focus:aws', '2026-03');
      await fixture.costs.addCosts([cost(checkout, '2026-03-02', 6)]);
      expect(await days({})).toEqual([['group:default/shop', '6', '1']]);
    });

    it('does not take missing months for zero', async () => {
      await fixture.costs.addSources([
        {
          id: 'focus:aws',
          from: '2025-12-10',
          through: '2026-03-20',
          without: ['2026-02'],
        },
      ]);
      await fixture.costs.addCosts([
        cost(checkout, '2026-01-02', 3),
        cost(checkout, '2026-03-02', 4),
      ]);
      const answer = await fixture.get({ from: '2025-11' });
      expect(answer.months).toEqual([
        { month: '2025-11', state: 'unknown' },
        { month: '2025-12', state: 'incomplete' },
        { month: '2026-01', state: 'complete' },
        { month: '2026-02', state: 'unknown' },
        { month: '2026-03', state: 'incomplete' },
      ]);
      expect(answer.rows[0].months).toEqual([
        { month: '2025-12', amount: '0' },
        { month: '2026-01', amount: '3' },
        { month: '2026-03', amount: '4' },
      ]);
      expect(answer.compared).toEqual({ lastMonth: '2026-01' });
      expect(answer.toDate).toEqual({ from: '2026-03-01', to: '2026-03-21' });
      expect(answer.rows[0]).not.toHaveProperty('sameDaysBefore');
      expect(answer.rows[0]).not.toHaveProperty('difference');
      expect(answer.movers).toEqual([]);
      expect(answer.missing).toEqual([
        { from: '2025-11-01', to: '2025-12-10' },
        { from: '2026-02-01', to: '2026-03-01' },
      ]);
      expect(answer.headline.state).toBe('cannot-tell');
      expect(answer.headline.reason).toContain('There is no data before');
    });

    it('calls a month complete when every source that is in the figures holds it', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
        { id: 'focus:gcp', from: '2026-01-01', through: '2026-02-10' },
      ]);
      await fixture.costs.addCosts([
        cost(checkout, '2026-01-02', 3),
        cost(ledger, '2026-02-02', 4, { source: 'focus:gcp' }),
      ]);
      expect((await fixture.get()).compared).toBeUndefined();
      fixture.readable = { property: 'ref', values: [checkout] };
      expect((await fixture.get({ from: '2026-01' })).compared).toEqual({
        lastMonth: '2026-02',
        monthBefore: '2026-01',
      });
    });

    it('says how current the figures are, as the cost tab does', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts([cost(checkout, '2026-03-02', 4)]);
      fixture.statuses = [{ ...fixture.statuses[0], state: 'failing' }];
      const answer = await fixture.get();
      expect(answer.freshness).toMatchObject({
        state: 'failing',
        dataThrough: '2026-03-20',
        sources: ['focus:aws'],
      });
      expect(answer.headline.state).toBe('cannot-tell');
    });

    it('names those who rose and who fell most between the two months', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts([
        cost(checkout, '2026-01-02', 100),
        cost(checkout, '2026-02-02', 103),
        cost(ledger, '2026-01-02', 10),
        cost(ledger, '2026-02-02', 1),
      ]);
      expect((await fixture.get()).movers).toEqual([
        {
          currency: 'USD',
          risers: [
            {
              kind: 'named',
              key: 'group:default/shop',
              lastMonth: '103',
              monthBefore: '100',
              difference: '3',
              change: '0.03',
            },
          ],
          fallers: [
            {
              kind: 'named',
              key: 'group:default/money',
              lastMonth: '1',
              monthBefore: '10',
              difference: '-9',
              change: '-0.9',
            },
          ],
        },
      ]);
    });

    it('says what is missing where there are no figures', async () => {
      fixture.seesBuckets = false;
      expect((await fixture.get()).headline).toEqual({
        state: 'not-set-up',
        reason:
          'No cloud resource is linked to anything in this portfolio yet.',
      });
      fixture.readable = { property: 'ref', values: [] };
      expect((await fixture.get()).headline).toEqual({
        state: 'cannot-tell',
        reason:
          'You may see the cost of none of the 2 entities in this portfolio.',
      });
      fixture.statuses = [];
      expect((await fixture.get()).headline.reason).toBe(
        'No cost source is set up in this portal.',
      );
    });
  },
);
