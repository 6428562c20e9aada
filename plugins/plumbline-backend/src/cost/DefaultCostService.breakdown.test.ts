import {
  checkout,
  CostServiceFixture,
  databases,
} from './__testUtils__/CostServiceFixture';
import { units } from './testUtils';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'costs by currency, environment and resource, %p',
  id => {
    let fixture: CostServiceFixture;

    beforeEach(async () => {
      fixture = await CostServiceFixture.create(id);
      await fixture.costs.addEntities([{ ref: checkout }]);
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
    });

    it('names the environment that has no line', async () => {
      await fixture.costs.addBinding({ entity: checkout });
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-03-18', effective: units(3) },
      ]);
      expect(
        (
          await fixture.getCosts({
            from: '2026-03-01',
            to: '2026-03-20',
            environment: 'staging',
          })
        ).headline,
      ).toEqual({
        state: 'cannot-tell',
        reason:
          "The bill has no line of the environment 'staging' for this time; choose another one, or all.",
      });
    });

    it('never adds one currency to another', async () => {
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-03-19', effective: units(2) },
        {
          entity: checkout,
          day: '2026-03-19',
          effective: units(7),
          currency: 'EUR',
        },
      ]);
      const { currencies } = await fixture.getCosts({
        from: '2026-03-01',
        to: '2026-03-21',
        groupBy: 'none',
      });
      expect(
        currencies.map(({ currency, total }) => [currency, total]),
      ).toEqual([
        ['EUR', '7'],
        ['USD', '2'],
      ]);
    });

    it('reads the same from months as from days', async () => {
      const days = [
        '2026-01-10',
        '2026-01-31',
        '2026-02-01',
        '2026-02-28',
        '2026-03-01',
        '2026-03-15',
      ];
      await fixture.costs.addCosts(
        days.map((day, index) => ({
          entity: checkout,
          day,
          effective: units(10 ** index),
          environment: index % 2 ? 'dev' : 'prod',
        })),
      );
      const query = {
        from: '2026-01-15',
        to: '2026-03-10',
        groupBy: 'environment',
      } as const;
      const byDay = await fixture.getCosts(query);
      const byMonth = await fixture.getCosts({
        ...query,
        granularity: 'month',
      });
      expect(byMonth.periods).toEqual([
        '2026-01-15',
        '2026-02-01',
        '2026-03-01',
      ]);
      expect(byMonth.environments).toEqual(['dev', 'prod']);
      expect(byMonth.currencies[0].series).toEqual([
        {
          key: 'prod',
          label: 'prod',
          total: '10100',
          amounts: ['0', '100', '10000'],
        },
        {
          key: 'dev',
          label: 'dev',
          total: '1010',
          amounts: ['10', '1000', '0'],
        },
      ]);
      expect(byDay.currencies[0].total).toBe(byMonth.currencies[0].total);
      expect(byDay.currencies[0].comparison).toEqual(
        byMonth.currencies[0].comparison,
      );
    });

    it('counts one environment alone where asked to', async () => {
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-03-19', effective: units(2) },
        {
          entity: checkout,
          day: '2026-03-19',
          effective: units(5),
          environment: 'dev',
          category: 'Tax',
        },
      ]);
      const window = { from: '2026-03-01', to: '2026-03-21' };
      const dev = await fixture.getCosts({ ...window, environment: 'dev' });
      expect(dev.environments).toEqual(['dev', 'prod']);
      expect(dev.currencies).toMatchObject([
        { total: '5', byChargeCategory: [{ category: 'Tax', total: '5' }] },
      ]);
      expect(
        (await fixture.getCosts({ ...window, environment: 'moon' })).currencies,
      ).toEqual([]);
    });

    it('lists resources for the days they were the entity’s, and what is left as a row', async () => {
      await fixture.costs.addResource({
        id: 'arn:one',
        entity: checkout,
        from: '2026-03-10',
        to: '2026-03-12',
        costs: {
          '2026-03-09': units(100),
          '2026-03-10': units(1),
          '2026-03-11': units(2),
          '2026-03-12': units(100),
        },
      });
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-03-09', effective: units(4) },
        { entity: checkout, day: '2026-03-10', effective: units(1) },
        { entity: checkout, day: '2026-03-11', effective: units(2) },
      ]);
      const answer = await fixture.getCosts({
        from: '2026-03-09',
        to: '2026-03-13',
        groupBy: 'resource',
      });
      expect(answer.currencies[0]).toMatchObject({
        total: '7',
        series: [
          {
            key: 'relinked',
            total: '4',
            amounts: ['4', '0', '0', '0'],
          },
          {
            key: 'arn:one',
            label: 'arn:one',
            detail: {
              provider: 'AWS',
              accountId: '111122223333',
              region: 'eu-west-1',
              type: 'Function',
            },
            total: '3',
            amounts: ['0', '1', '2', '0'],
          },
        ],
      });
      expect(answer.coverage).toMatchObject({
        resourcesBound: 1,
        resourcesBilled: 1,
      });
      expect(answer.matchedBy).toEqual([
        { matchedBy: 'arn', proof: 'claimed', resources: 1 },
      ]);
      const byMonth = await fixture.getCosts({
        from: '2026-03-01',
        to: '2026-04-01',
        groupBy: 'resource',
        granularity: 'month',
      });
      expect(
        byMonth.currencies[0].series.map(({ key, amounts }) => [key, amounts]),
      ).toEqual([
        ['relinked', ['4']],
        ['arn:one', ['3']],
      ]);
    });
  },
);
