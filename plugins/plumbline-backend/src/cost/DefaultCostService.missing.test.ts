import {
  checkout,
  CostServiceFixture,
  databases,
} from './__testUtils__/CostServiceFixture';
import { freshSource, units } from './testUtils';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'costs where data is missing, %p',
  id => {
    let fixture: CostServiceFixture;

    beforeEach(async () => {
      fixture = await CostServiceFixture.create(id);
      await fixture.costs.addEntities([{ ref: checkout }]);
    });

    const cost = (day: string, amount: number, source = 'focus:aws') => ({
      entity: checkout,
      day,
      effective: units(amount),
      source,
    });

    it('counts a source that fell silent, though the window has none of its rows', async () => {
      fixture.statuses = [
        freshSource(),
        freshSource('focus:azure', { state: 'failing' }),
      ];
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
        { id: 'focus:azure', from: '2026-01-01', through: '2026-02-25' },
      ]);
      await fixture.costs.addCosts([
        cost('2026-02-20', 2),
        cost('2026-03-10', 2),
        cost('2026-02-20', 98, 'focus:azure'),
      ]);
      const answer = await fixture.getCosts({
        from: '2026-03-01',
        to: '2026-03-21',
      });
      expect(answer).toMatchObject({
        headline: { state: 'cannot-tell' },
        incompleteFrom: '2026-03-01',
        freshness: {
          state: 'failing',
          dataThrough: '2026-02-25',
          sources: ['focus:aws', 'focus:azure'],
        },
      });
      expect(answer.currencies[0].comparison).toBeUndefined();
    });

    it('says which days no bill was read for, instead of zero', async () => {
      await fixture.costs.addSources([
        {
          id: 'focus:aws',
          from: '2025-10-01',
          firstUsage: '2025-10-19',
          through: '2026-03-20',
          without: ['2026-01'],
        },
      ]);
      await fixture.costs.addCosts([
        cost('2025-11-03', 5),
        cost('2026-02-02', 5),
      ]);
      const answer = await fixture.getCosts({
        from: '2025-08-01',
        to: '2026-04-01',
        granularity: 'month',
      });
      expect(answer).toMatchObject({
        headline: {
          state: 'cannot-tell',
          reason:
            'There is no data before 19 October 2025 and from 1 January 2026 to 31 January 2026.',
        },
        missing: [
          { from: '2025-08-01', to: '2025-10-19' },
          { from: '2026-01-01', to: '2026-02-01' },
        ],
        incompleteFrom: '2026-03-21',
        currencies: [{ total: '10' }],
      });
      expect(answer.currencies[0].comparison).toBeUndefined();
      const whole = await fixture.getCosts({
        from: '2025-11-01',
        to: '2025-12-01',
      });
      expect(whole).toMatchObject({ headline: { state: 'ok' }, missing: [] });
      // Fees were booked on 1 October, usage begins on the 19th.
      expect(whole.currencies[0].comparison).toBeUndefined();
    });

    it('knows forgotten days by their months alone', async () => {
      await fixture.costs.addSources([
        {
          id: 'focus:aws',
          from: '2026-01-01',
          through: '2026-03-20',
          summed: ['2026-01'],
        },
      ]);
      await fixture.costs.addCosts([cost('2026-02-02', 5)]);
      const asked = { from: '2026-01-01', to: '2026-03-01' } as const;
      expect((await fixture.getCosts(asked)).missing).toEqual([
        { from: '2026-01-01', to: '2026-02-01' },
      ]);
      const months = await fixture.getCosts({ ...asked, granularity: 'month' });
      expect(months.missing).toEqual([]);
    });

    it('is not complete through a fee of a month without usage', async () => {
      await fixture.costs.addSources([
        {
          id: 'focus:aws',
          from: '2026-02-01',
          through: '2026-03-31',
          feesOnly: ['2026-03'],
        },
      ]);
      await fixture.costs.addCosts([
        cost('2026-02-02', 5),
        cost('2026-03-01', 1),
      ]);
      const answer = await fixture.getCosts({
        from: '2026-02-01',
        to: '2026-04-01',
      });
      expect(answer).toMatchObject({
        incompleteFrom: '2026-03-01',
        freshness: { dataThrough: '2026-02-28' },
      });
      expect((await fixture.getHeadline())?.freshness.dataThrough).toBe(
        '2026-02-28',
      );
    });

    it('leaves out sources that are no longer set up', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-02-01', through: '2026-03-20' },
        {
          id: 'focus:aws-old',
          from: '2026-02-01',
          through: '2026-03-20',
          retired: true,
        },
      ]);
      await fixture.costs.addCosts([
        cost('2026-03-02', 5),
        cost('2026-03-02', 5, 'focus:aws-old'),
      ]);
      const resource = {
        entity: checkout,
        costs: { '2026-03-02': units(5) },
      };
      await fixture.costs.addResource({ ...resource, id: 'a' });
      await fixture.costs.addResource({
        ...resource,
        id: 'b',
        source: 'focus:aws-old',
      });
      for (const groupBy of ['none', 'resource'] as const) {
        const answer = await fixture.getCosts({
          from: '2026-03-01',
          to: '2026-03-21',
          groupBy,
        });
        expect(answer).toMatchObject({
          currencies: [{ total: '5', series: [{ total: '5' }] }],
          coverage: { resourcesBound: 2, resourcesBilled: 1 },
          freshness: { state: 'fresh', sources: ['focus:aws'] },
        });
      }
      expect((await fixture.getHeadline())?.currencies).toMatchObject([
        { monthToDate: '5' },
      ]);
    });

    it('does not call the first month fine before its first day', async () => {
      await fixture.costs.addSources([
        {
          id: 'focus:aws',
          from: '2026-03-01',
          firstUsage: '2026-03-10',
          through: '2026-03-20',
        },
      ]);
      await fixture.costs.addCosts([cost('2026-03-12', 5)]);
      expect(await fixture.getHeadline()).toMatchObject({
        state: 'cannot-tell',
        reason: 'There is no data before 10 March 2026.',
        currencies: [{ monthToDate: '5' }],
      });
    });
  },
);
