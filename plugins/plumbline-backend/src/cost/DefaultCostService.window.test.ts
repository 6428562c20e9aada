import {
  checkout,
  CostServiceFixture,
  databases,
} from './__testUtils__/CostServiceFixture';
import { CostStore } from './CostStore';
import { units } from './testUtils';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('the costs of a window, %p', id => {
  let fixture: CostServiceFixture;

  beforeEach(async () => {
    fixture = await CostServiceFixture.create(id);
    await fixture.costs.addEntities([{ ref: checkout }]);
    await fixture.costs.addSources([
      { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
    ]);
  });

  it('adds up exactly what no float could hold', async () => {
    await fixture.costs.addCosts(
      ['Lambda', 'S3', 'SQS'].map(name => ({
        entity: checkout,
        day: '2026-03-01',
        service: name,
        effective: units(5_000_000_000n) + 1n,
        billed: -1n,
      })),
    );
    const [usd] = (
      await fixture.getCosts({
        from: '2026-03-01',
        to: '2026-04-01',
        granularity: 'month',
      })
    ).currencies;
    expect(usd).toMatchObject({
      currency: 'USD',
      total: '15000000000.000000003',
      otherBasisTotal: '-0.000000003',
      byChargeCategory: [{ category: 'Usage', total: '15000000000.000000003' }],
    });
  });

  it('says by day and service what was spent, and where knowledge ends', async () => {
    await fixture.costs.addCosts([
      { entity: checkout, day: '2026-03-19', effective: units(2) },
      {
        entity: checkout,
        day: '2026-03-20',
        effective: units(3),
        service: 'DynamoDB',
      },
    ]);
    expect(
      await fixture.getCosts({ from: '2026-03-19', to: '2026-03-23' }),
    ).toMatchObject({
      entityRef: checkout,
      scope: 'own',
      headline: { state: 'ok' },
      periods: ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22'],
      incompleteFrom: '2026-03-21',
      currencies: [
        {
          currency: 'USD',
          total: '5',
          series: [
            { key: 'DynamoDB', total: '3', amounts: ['0', '3', '0', '0'] },
            { key: 'Lambda', total: '2', amounts: ['2', '0', '0', '0'] },
          ],
        },
      ],
      freshness: {
        state: 'fresh',
        dataThrough: '2026-03-20',
        sources: ['focus:aws'],
      },
      forecast: { state: 'not-set-up' },
      budget: { state: 'not-set-up' },
    });
  });

  it('has no currency and no zero where there is nothing', async () => {
    const answer = await fixture.getCosts({
      from: '2026-03-01',
      to: '2026-03-10',
    });
    expect(answer.currencies).toEqual([]);
    expect(answer.headline).toEqual({
      state: 'not-set-up',
      reason: 'No cloud resource is linked to this component yet.',
    });
    await fixture.costs.addBinding({ entity: checkout });
    expect(
      (await fixture.getCosts({ from: '2026-03-01', to: '2026-03-10' }))
        .headline,
    ).toEqual({
      state: 'cannot-tell',
      reason:
        'The one linked cloud resource has no line in the bill for this time.',
    });
  });

  it('compares the complete days with as many before', async () => {
    await fixture.costs.addCosts([
      { entity: checkout, day: '2026-03-16', effective: units(99) },
      { entity: checkout, day: '2026-03-17', effective: units(1) },
      { entity: checkout, day: '2026-03-18', effective: units(1) },
      { entity: checkout, day: '2026-03-19', effective: units(2) },
      { entity: checkout, day: '2026-03-20', effective: units(3) },
    ]);
    const [usd] = (
      await fixture.getCosts({ from: '2026-03-19', to: '2026-04-01' })
    ).currencies;
    expect(usd.comparison).toEqual({
      from: '2026-03-17',
      to: '2026-03-19',
      total: '2',
      usage: '5',
      usageBefore: '2',
      change: '1.5',
    });
  });

  it.each(['effective', 'billed'] as const)(
    'compares usage only, as the card does, %s',
    async basis => {
      const once = [
        { category: 'Tax', effective: units(30) },
        { category: 'Purchase', effective: units(50) },
        { category: 'Credit', effective: units(-7) },
        { correction: true, effective: units(9) },
      ];
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-02-09', effective: units(10) },
        ...once.map(of => ({ entity: checkout, day: '2026-02-09', ...of })),
        { entity: checkout, day: '2026-03-02', effective: units(12) },
        {
          entity: checkout,
          day: '2026-03-03',
          effective: units(5),
          correction: true,
        },
        // After the data ends: in the total, not in what is compared.
        { entity: checkout, day: '2026-03-25', effective: units(3) },
      ]);
      const [usd] = (
        await fixture.getCosts({
          from: '2026-03-01',
          to: '2026-04-01',
          basis,
        })
      ).currencies;
      expect(usd).toMatchObject({
        total: '20',
        comparison: {
          from: '2026-02-09',
          to: '2026-03-01',
          total: '92',
          usage: '12',
          usageBefore: '10',
          change: '0.2',
        },
      });
      expect((await fixture.getHeadline())?.currencies).toMatchObject([
        { usageToDate: '12', sameDaysBefore: '10', change: '0.2' },
      ]);
    },
  );

  it('compares usage of whole months too, of which only sums are left', async () => {
    await fixture.costs.addSources([
      {
        id: 'focus:old',
        from: '2025-12-01',
        through: '2026-03-20',
        summed: ['2025-12', '2026-01'],
      },
    ]);
    await fixture.costs.addCosts([
      {
        entity: checkout,
        day: '2025-12-05',
        effective: units(10),
        source: 'focus:old',
      },
      {
        entity: checkout,
        day: '2026-01-05',
        effective: units(11),
        source: 'focus:old',
      },
      {
        entity: checkout,
        day: '2026-01-01',
        effective: units(-9),
        category: 'Credit',
        source: 'focus:old',
      },
    ]);
    await fixture.costs.database.knex('entity_cost_daily').delete();
    const [usd] = (
      await fixture.getCosts({
        from: '2026-01-01',
        to: '2026-02-01',
        granularity: 'month',
      })
    ).currencies;
    expect(usd).toMatchObject({
      total: '2',
      comparison: {
        total: '10',
        usage: '11',
        usageBefore: '10',
        change: '0.1',
      },
    });
  });

  it('compares with nothing where the bill does not reach back', async () => {
    await fixture.costs.addCosts([
      { entity: checkout, day: '2026-01-05', effective: units(1) },
    ]);
    const [usd] = (
      await fixture.getCosts({ from: '2026-01-04', to: '2026-01-08' })
    ).currencies;
    expect(usd.total).toBe('1');
    expect(usd.comparison).toBeUndefined();
  });

  it('compares nothing where the bill gave less back than it took', async () => {
    await fixture.costs.addCosts([
      { entity: checkout, day: '2026-03-18', effective: units(-3) },
      { entity: checkout, day: '2026-03-19', effective: units(2) },
    ]);
    const [usd] = (
      await fixture.getCosts({ from: '2026-03-19', to: '2026-03-20' })
    ).currencies;
    expect(usd.comparison).toEqual({
      from: '2026-03-18',
      to: '2026-03-19',
      total: '-3',
      usage: '2',
      usageBefore: '-3',
    });
  });

  it('reads again when a generation becomes live meanwhile', async () => {
    await fixture.costs.addCosts([
      { entity: checkout, day: '2026-03-02', effective: units(1) },
    ]);
    const { sum } = CostStore.prototype;
    let swapped = false;
    jest
      .spyOn(CostStore.prototype, 'sum')
      .mockImplementation(async function swapAfterFirst(
        this: CostStore,
        options,
      ) {
        const sums = await sum.call(this, options);
        if (!swapped) {
          swapped = true;
          await fixture.costs.swap('focus:aws', '2026-03');
          await fixture.costs.addCosts([
            {
              entity: checkout,
              day: '2026-03-02',
              effective: units(50),
              service: 'S3',
            },
          ]);
        }
        return sums;
      });
    const answer = await fixture.getCosts({
      from: '2026-03-01',
      to: '2026-03-10',
    });
    jest.restoreAllMocks();
    expect(answer.currencies).toMatchObject([
      {
        total: '50',
        byChargeCategory: [{ total: '50' }],
        series: [{ key: 'S3' }],
      },
    ]);
  });
});
