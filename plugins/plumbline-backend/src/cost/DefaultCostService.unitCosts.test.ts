import { UsageStore } from '../usage';
import { RepositoryFileStore } from '../bindings/repositories/RepositoryFileStore';
import { dayFromText } from '../database';
import {
  collectingUsage,
  usagePartition,
  usageSource,
} from '../usage/__testUtils__/usage';
import {
  checkout,
  CostServiceFixture,
  databases,
} from './__testUtils__/CostServiceFixture';
import { RateStore } from './currency/RateStore';
import { ref, units } from './testUtils';

jest.setTimeout(60_000);

const shop = 'system:default/shop';
const ledger = 'component:default/ledger';

/** Days of March 2026. */
const march = (first: number, last: number) =>
  Array.from(
    { length: last - first + 1 },
    (_, index) => `2026-03-${String(first + index).padStart(2, '0')}`,
  );

describe.each(databases.eachSupportedId())('what a request costs, %p', id => {
  let fixture: CostServiceFixture;

  beforeEach(async () => {
    fixture = await CostServiceFixture.create(id);
    fixture.unitCosts = [{ metric: 'requests', label: 'requests', per: 1000 }];
    await fixture.costs.addEntities([
      { ref: checkout, owner: 'group:default/x', system: shop },
      { ref: ledger, owner: 'group:default/y', system: shop },
      { ref: shop },
    ]);
    await fixture.costs.addSources([
      { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
    ]);
    await fixture.costs.addCosts([
      ...march(1, 10).map(day => ({
        entity: checkout,
        day,
        effective: units(1),
      })),
      ...march(11, 20).map(day => ({
        entity: checkout,
        day,
        effective: units(3),
      })),
    ]);
  });

  const use = async (values: Record<string, string>, entity = checkout) =>
    collectingUsage(fixture.costs.database).collect(
      usageSource(
        usagePartition('2026-03', 'requests', { [entity]: values }),
        `test:${entity}`,
      ),
    );
  const days = (first: number, last: number, value: string) =>
    Object.fromEntries(march(first, last).map(day => [day, value]));

  it('is cost by usage, in the window, by period, and against the same days before', async () => {
    await use({ ...days(1, 10, '100'), ...days(11, 20, '200') });
    const { unitCosts, periods } = await fixture.getCosts({
      from: '2026-03-11',
      to: '2026-03-21',
    });
    expect(unitCosts).toMatchObject([
      {
        metric: 'requests',
        per: 1000,
        state: 'known',
        sources: [`test:${checkout}`],
        daysInWindow: 10,
        currencies: [
          {
            currency: 'USD',
            days: 10,
            cost: '30',
            usage: '2000',
            unitCost: '15',
            comparison: {
              from: '2026-03-01',
              to: '2026-03-11',
              days: 10,
              change: '0.5',
              costChange: '2',
              usageChange: '1',
              unitCost: '15',
              unitCostBefore: '10',
            },
          },
        ],
      },
    ]);
    expect(unitCosts[0].currencies[0].periods).toHaveLength(periods.length);
    expect(unitCosts[0].currencies[0].periods[0]).toEqual({
      days: 1,
      cost: '3',
      usage: '200',
      unitCost: '15',
    });
  });

  it('counts everything, and compares the cost of usage only', async () => {
    await use({ ...days(1, 10, '100'), ...days(11, 20, '200') });
    await fixture.costs.addCosts([
      {
        entity: checkout,
        day: '2026-03-01',
        effective: units(500),
        category: 'Tax',
      },
      {
        entity: checkout,
        day: '2026-03-12',
        effective: units(-10),
        correction: true,
      },
    ]);
    const { unitCosts } = await fixture.getCosts({
      from: '2026-03-11',
      to: '2026-03-21',
    });
    expect(unitCosts[0].currencies).toMatchObject([
      {
        cost: '20',
        unitCost: '10',
        comparison: {
          change: '0.5',
          costChange: '2',
          usageChange: '1',
          unitCost: '15',
          unitCostBefore: '10',
        },
      },
    ]);
  });

  it('compares the cost of usage on the card too', async () => {
    const february = Array.from(
      { length: 20 },
      (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`,
    );
    await fixture.costs.addCosts([
      ...february.map(day => ({
        entity: checkout,
        day,
        effective: units(1),
      })),
      {
        entity: checkout,
        day: '2026-02-01',
        effective: units(700),
        category: 'Tax',
      },
    ]);
    await use(days(1, 20, '100'));
    await collectingUsage(fixture.costs.database).collect(
      usageSource(
        usagePartition('2026-02', 'requests', {
          [checkout]: Object.fromEntries(february.map(day => [day, '100'])),
        }),
        `test:${checkout}`,
      ),
    );
    // 40 by 2,000 against 20 by 2,000.
    expect((await fixture.getHeadline())?.unitCost).toMatchObject({
      unitCost: '20',
      change: '1',
    });
  });

  it('names a metric that went silent: missing is not fine', async () => {
    await use(days(1, 3, '100'));
    const { unitCosts } = await fixture.getCosts({
      from: '2026-03-18',
      to: '2026-03-21',
    });
    expect(unitCosts).toMatchObject([
      {
        metric: 'requests',
        state: 'no-metric-data',
        reason: 'No requests are known of these days.',
        daysInWindow: 3,
        currencies: [],
      },
    ]);
    expect(
      (await fixture.getCosts({ from: '2026-03-18', to: '2026-03-21' }, ledger))
        .unitCosts,
    ).toEqual([]);
  });

  it('counts only days of which both are known, and says so', async () => {
    // No value of the 15th; the 21st has one, and no cost yet.
    await use({
      ...days(2, 10, '100'),
      ...days(11, 14, '200'),
      ...days(16, 21, '200'),
    });
    const { unitCosts } = await fixture.getCosts({
      from: '2026-03-11',
      to: '2026-03-22',
    });
    expect(unitCosts).toMatchObject([
      {
        state: 'partial',
        reason:
          'The requests are known of 9 of 10 days; only these are counted.',
        daysInWindow: 10,
        currencies: [
          {
            days: 9,
            cost: '27',
            usage: '1800',
            unitCost: '15',
            // Eleven days before are from 28 February on: the 2nd to the 9th March stand against the 13th to the 20th.
            comparison: { days: 7, costChange: '2', usageChange: '1' },
          },
        ],
      },
    ]);
    expect(unitCosts[0].currencies[0].periods[4]).toEqual({
      days: 0,
      cost: '0',
      usage: '0',
    });
  });

  it('is not defined without usage, and not shown without values unless somebody asks for it', async () => {
    const window = { from: '2026-03-11', to: '2026-03-21' };
    expect((await fixture.getCosts(window)).unitCosts).toEqual([]);
    fixture.unitCosts = [
      {
        metric: 'requests',
        label: 'requests',
        per: 1,
        entities: new Set([ref(checkout)]),
      },
    ];
    expect((await fixture.getCosts(window)).unitCosts).toMatchObject([
      { state: 'no-metric-data', currencies: [] },
    ]);
    await use(days(11, 20, '0'));
    const { unitCosts } = await fixture.getCosts(window);
    expect(unitCosts).toMatchObject([
      {
        state: 'zero-usage',
        reason:
          'There were no requests on these days: what 1 cost is not defined.',
      },
    ]);
    expect(unitCosts[0].currencies[0]).not.toHaveProperty('unitCost');
    expect((await fixture.getHeadline())?.unitCost).toBeUndefined();
  });

  it('is told on the card for the month to date', async () => {
    await use({ ...days(1, 10, '100'), ...days(11, 20, '200') });
    expect((await fixture.getHeadline())?.unitCost).toEqual({
      metric: 'requests',
      label: 'requests',
      per: 1000,
      currency: 'USD',
      // 40 by 3,000.
      unitCost: '13.333333333333',
      days: 20,
    });
  });

  it('is hidden from who may not see all of the cost', async () => {
    await use(days(11, 20, '10'), shop);
    await fixture.costs.addCosts([
      { entity: ledger, day: '2026-03-12', effective: units(70) },
    ]);
    const window = { from: '2026-03-11', to: '2026-03-21' };
    expect((await fixture.getCosts(window, shop)).unitCosts).toMatchObject([
      { state: 'known', currencies: [{ cost: '100', unitCost: '1000' }] },
    ]);
    const ofX = { property: 'owner_ref' as const, values: ['group:default/x'] };
    const { unitCosts } = await fixture.getCosts(window, shop, ofX);
    expect(unitCosts).toMatchObject([{ state: 'cannot-tell', currencies: [] }]);
    expect((await fixture.getHeadline(shop, ofX))?.unitCost).toBeUndefined();
    expect((await fixture.getHeadline(shop))?.unitCost).toBeDefined();
  });

  it('asks for a metric once, however many cards are shown', async () => {
    await use(days(11, 20, '200'));
    await use(days(11, 20, '500'), ledger);
    await fixture.costs.addCosts([
      { entity: ledger, day: '2026-03-12', effective: units(70) },
    ]);
    const asked = jest.spyOn(UsageStore.prototype, 'daily');
    const headlines = await fixture.getHeadlines([checkout, ledger, shop]);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(headlines.get(ref(checkout))?.unitCost).toMatchObject({
      unitCost: '15',
      days: 10,
    });
    expect(headlines.get(ref(ledger))?.unitCost).toMatchObject({
      unitCost: '14',
    });
    expect(headlines.get(ref(shop))?.unitCost).toBeUndefined();
    asked.mockRestore();
  });

  it('takes what the entity’s own repository asks for', async () => {
    fixture.unitCosts = [];
    await RepositoryFileStore.create({ database: fixture.costs.database }).put(
      'github.com/acme/shop',
      {
        assignments: {},
        figures: {
          [ref(checkout)]: { budgets: [], unitCosts: [{ metric: 'requests' }] },
        },
        readAt: new Date(),
      },
    );
    await fixture.costs.database.knex('binding').insert({
      entity_id: (
        await fixture.costs.database
          .knex('entity')
          .where({ ref: checkout })
          .first()
      ).id,
      binding_key: 'x',
      target_kind: 'repository',
      target: JSON.stringify({
        kind: 'repository',
        host: 'github.com',
        repository: 'acme/shop',
        path: 'src',
      }),
      environment_id: await fixture.costs.environment('unknown'),
      matched_by: 'repository-file',
      proof: 'proven',
      proof_reason: 'A test says so.',
    });
    await use(days(11, 20, '200'));
    expect(
      (await fixture.getCosts({ from: '2026-03-11', to: '2026-03-21' }))
        .unitCosts,
    ).toMatchObject([{ per: 1000, label: 'requests', state: 'known' }]);
  });

  describe('in the reporting currency', () => {
    const rate = (day: string, value: string) => ({
      from: 'USD',
      to: 'EUR',
      day: dayFromText(day),
      rate: value,
    });

    beforeEach(async () => {
      fixture.currency = { reporting: 'EUR', rates: [], staleAfterDays: 7 };
      await RateStore.create({ database: fixture.costs.database }).replace([
        rate('2026-02-01', '0.5'),
        rate('2026-03-11', '0.1'),
      ]);
      await fixture.costs.addCosts([
        {
          entity: checkout,
          day: '2026-03-12',
          effective: units(7),
          currency: 'EUR',
        },
      ]);
    });

    it('stands beside the exact figures, each day by its rate', async () => {
      const answer = await fixture.getCosts({
        from: '2026-03-01',
        to: '2026-03-21',
        granularity: 'month',
      });
      expect(answer.currencies.map(({ total }) => total)).toEqual(['40', '7']);
      // 10 × 0.5, 30 × 0.1, and 7.
      expect(answer.converted).toEqual({
        currency: 'EUR',
        total: '15',
        amounts: ['15'],
        rates: [
          { currency: 'USD', oldest: '2026-02-01', newest: '2026-03-11' },
        ],
        stale: true,
        lacks: [],
      });
      expect((await fixture.getHeadline())?.converted).toMatchObject({
        currency: 'EUR',
        total: '15',
        usageToDate: '15',
        sameDaysBefore: '0',
      });
    });

    it('names the currency that it lacks, and is absent where nothing is to be converted', async () => {
      await fixture.costs.addCosts([
        {
          entity: checkout,
          day: '2026-03-13',
          effective: units(1),
          currency: 'GBP',
        },
      ]);
      const window = { from: '2026-03-12', to: '2026-03-21' };
      expect((await fixture.getCosts(window)).converted).toMatchObject({
        total: '9.7',
        lacks: ['GBP'],
      });
      fixture.currency = { reporting: 'USD', rates: [], staleAfterDays: 7 };
      const before = { from: '2026-03-01', to: '2026-03-11' };
      expect((await fixture.getCosts(before)).converted).toBeUndefined();
    });

    it('converts no month of which only the sum is left', async () => {
      await fixture.costs.database
        .knex('entity_cost_daily')
        .where('day', '<', dayFromText('2026-03-05'))
        .delete();
      expect(
        (
          await fixture.getCosts({
            from: '2026-03-01',
            to: '2026-04-01',
            granularity: 'month',
          })
        ).converted,
      ).toMatchObject({ total: '7', lacks: ['USD'] });
    });
  });
});
