import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { CostQuery } from '@plumbline/backstage-plugin-plumbline-common';
import { parseCostQuery } from '../api/request';
import { EntityStore } from '../permissions';
import type { EntityFilter } from '../permissions';
import { CostStore } from './CostStore';
import { DefaultCostService } from './DefaultCostService';
import { freshSource, ref, TestCosts, units } from './testUtils';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const credentials = mockCredentials.user();
const checkout = 'component:default/checkout';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('DefaultCostService, %p', id => {
  let costs: TestCosts;
  let statuses = [freshSource()];

  beforeEach(async () => {
    costs = await TestCosts.create(await databases.init(id));
    statuses = [freshSource()];
  });

  const entities = () => EntityStore.create({ database: costs.database });
  const service = () =>
    DefaultCostService.create({
      database: costs.database,
      entities: entities(),
      statuses: { getStatuses: async () => statuses },
      bindings: costs.bindings,
    });
  const getCosts = (
    query: CostQuery,
    entityRef = checkout,
    readable?: EntityFilter,
  ) =>
    service().getCosts({
      entityRef: ref(entityRef),
      query: parseCostQuery(query),
      credentials,
      readable,
    });
  const getHeadline = async (entityRef = checkout, readable?: EntityFilter) => {
    const entity = await entities().getByRef(entityRef);
    const headlines = await service().getHeadlines({
      entities: entity ? [entity] : [],
      readable,
    });
    return headlines.get(ref(entityRef));
  };

  it('says when a headline counts what is only claimed', async () => {
    await costs.addEntities([
      { ref: checkout, system: 'system:default/shop' },
      { ref: 'component:default/ledger', system: 'system:default/shop' },
      { ref: 'system:default/shop' },
    ]);
    await costs.addSources([
      { id: 'focus:aws', from: '2026-02-01', through: '2026-03-20' },
    ]);
    await costs.addCosts(
      [checkout, 'component:default/ledger'].map(entity => ({
        entity,
        day: '2026-03-02',
        effective: units(5),
      })),
    );
    const claimed = async (entityRef: string) =>
      (await getHeadline(entityRef))?.claimed;
    const day = { '2026-03-02': units(5) };
    await costs.addResource({
      id: 'a',
      entity: checkout,
      proof: 'proven',
      costs: day,
    });
    // Headlines are of production.
    await costs.addResource({
      id: 'b',
      entity: checkout,
      environment: 'staging',
      costs: day,
    });
    // A claim that another entity won.
    await costs.addBinding({ entity: checkout });
    expect(await claimed(checkout)).toBeUndefined();
    expect(await claimed('system:default/shop')).toBeUndefined();
    await costs.addResource({
      id: 'c',
      entity: 'component:default/ledger',
      costs: day,
    });
    expect(await claimed(checkout)).toBeUndefined();
    expect(await claimed('component:default/ledger')).toBe(true);
    expect(await claimed('system:default/shop')).toBe(true);
  });

  describe('where data is missing', () => {
    beforeEach(() => costs.addEntities([{ ref: checkout }]));
    const cost = (day: string, amount: number, source = 'focus:aws') => ({
      entity: checkout,
      day,
      effective: units(amount),
      source,
    });

    it('counts a source that fell silent, though the window has none of its rows', async () => {
      statuses = [
        freshSource(),
        freshSource('focus:azure', { state: 'failing' }),
      ];
      await costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
        { id: 'focus:azure', from: '2026-01-01', through: '2026-02-25' },
      ]);
      await costs.addCosts([
        cost('2026-02-20', 2),
        cost('2026-03-10', 2),
        cost('2026-02-20', 98, 'focus:azure'),
      ]);
      const answer = await getCosts({ from: '2026-03-01', to: '2026-03-21' });
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
      await costs.addSources([
        {
          id: 'focus:aws',
          from: '2025-10-01',
          firstUsage: '2025-10-19',
          through: '2026-03-20',
          without: ['2026-01'],
        },
      ]);
      await costs.addCosts([cost('2025-11-03', 5), cost('2026-02-02', 5)]);
      const answer = await getCosts({
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
      const whole = await getCosts({ from: '2025-11-01', to: '2025-12-01' });
      expect(whole).toMatchObject({ headline: { state: 'ok' }, missing: [] });
      // Fees were booked on 1 October, usage begins on the 19th.
      expect(whole.currencies[0].comparison).toBeUndefined();
    });

    it('knows forgotten days by their months alone', async () => {
      await costs.addSources([
        {
          id: 'focus:aws',
          from: '2026-01-01',
          through: '2026-03-20',
          summed: ['2026-01'],
        },
      ]);
      await costs.addCosts([cost('2026-02-02', 5)]);
      const asked = { from: '2026-01-01', to: '2026-03-01' } as const;
      expect((await getCosts(asked)).missing).toEqual([
        { from: '2026-01-01', to: '2026-02-01' },
      ]);
      const months = await getCosts({ ...asked, granularity: 'month' });
      expect(months.missing).toEqual([]);
    });

    it('is not complete through a fee of a month without usage', async () => {
      await costs.addSources([
        {
          id: 'focus:aws',
          from: '2026-02-01',
          through: '2026-03-31',
          feesOnly: ['2026-03'],
        },
      ]);
      await costs.addCosts([cost('2026-02-02', 5), cost('2026-03-01', 1)]);
      const answer = await getCosts({ from: '2026-02-01', to: '2026-04-01' });
      expect(answer).toMatchObject({
        incompleteFrom: '2026-03-01',
        freshness: { dataThrough: '2026-02-28' },
      });
      expect((await getHeadline())?.freshness.dataThrough).toBe('2026-02-28');
    });

    it('leaves out sources that are no longer set up', async () => {
      await costs.addSources([
        { id: 'focus:aws', from: '2026-02-01', through: '2026-03-20' },
        {
          id: 'focus:aws-old',
          from: '2026-02-01',
          through: '2026-03-20',
          retired: true,
        },
      ]);
      await costs.addCosts([
        cost('2026-03-02', 5),
        cost('2026-03-02', 5, 'focus:aws-old'),
      ]);
      const resource = {
        entity: checkout,
        costs: { '2026-03-02': units(5) },
      };
      await costs.addResource({ ...resource, id: 'a' });
      await costs.addResource({
        ...resource,
        id: 'b',
        source: 'focus:aws-old',
      });
      for (const groupBy of ['none', 'resource'] as const) {
        const answer = await getCosts({
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
      expect((await getHeadline())?.currencies).toMatchObject([
        { monthToDate: '5' },
      ]);
    });

    it('does not call the first month fine before its first day', async () => {
      await costs.addSources([
        {
          id: 'focus:aws',
          from: '2026-03-01',
          firstUsage: '2026-03-10',
          through: '2026-03-20',
        },
      ]);
      await costs.addCosts([cost('2026-03-12', 5)]);
      expect(await getHeadline()).toMatchObject({
        state: 'cannot-tell',
        reason: 'There is no data before 10 March 2026.',
        currencies: [{ monthToDate: '5' }],
      });
    });
  });

  describe('a window', () => {
    beforeEach(async () => {
      await costs.addEntities([{ ref: checkout }]);
      await costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
    });

    it('adds up exactly what no float could hold', async () => {
      await costs.addCosts(
        ['Lambda', 'S3', 'SQS'].map(name => ({
          entity: checkout,
          day: '2026-03-01',
          service: name,
          effective: units(5_000_000_000n) + 1n,
          billed: -1n,
        })),
      );
      const [usd] = (
        await getCosts({
          from: '2026-03-01',
          to: '2026-04-01',
          granularity: 'month',
        })
      ).currencies;
      expect(usd).toMatchObject({
        currency: 'USD',
        total: '15000000000.000000003',
        otherBasisTotal: '-0.000000003',
        byChargeCategory: [
          { category: 'Usage', total: '15000000000.000000003' },
        ],
      });
    });

    it('says by day and service what was spent, and where knowledge ends', async () => {
      await costs.addCosts([
        { entity: checkout, day: '2026-03-19', effective: units(2) },
        {
          entity: checkout,
          day: '2026-03-20',
          effective: units(3),
          service: 'DynamoDB',
        },
      ]);
      expect(
        await getCosts({ from: '2026-03-19', to: '2026-03-23' }),
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
      const answer = await getCosts({ from: '2026-03-01', to: '2026-03-10' });
      expect(answer.currencies).toEqual([]);
      expect(answer.headline).toEqual({
        state: 'not-set-up',
        reason: 'No cloud resource is linked to this component yet.',
      });
      await costs.addBinding({ entity: checkout });
      expect(
        (await getCosts({ from: '2026-03-01', to: '2026-03-10' })).headline,
      ).toEqual({
        state: 'cannot-tell',
        reason:
          'The one linked cloud resource has no line in the bill for this time.',
      });
    });

    it('compares the complete days with as many before', async () => {
      await costs.addCosts([
        { entity: checkout, day: '2026-03-16', effective: units(99) },
        { entity: checkout, day: '2026-03-17', effective: units(1) },
        { entity: checkout, day: '2026-03-18', effective: units(1) },
        { entity: checkout, day: '2026-03-19', effective: units(2) },
        { entity: checkout, day: '2026-03-20', effective: units(3) },
      ]);
      const [usd] = (await getCosts({ from: '2026-03-19', to: '2026-04-01' }))
        .currencies;
      expect(usd.comparison).toEqual({
        from: '2026-03-17',
        to: '2026-03-19',
        total: '2',
        change: '1.5',
      });
    });

    it('compares with nothing where the bill does not reach back', async () => {
      await costs.addCosts([
        { entity: checkout, day: '2026-01-05', effective: units(1) },
      ]);
      const [usd] = (await getCosts({ from: '2026-01-04', to: '2026-01-08' }))
        .currencies;
      expect(usd.total).toBe('1');
      expect(usd.comparison).toBeUndefined();
    });

    it('compares nothing where the bill gave less back than it took', async () => {
      await costs.addCosts([
        { entity: checkout, day: '2026-03-18', effective: units(-3) },
        { entity: checkout, day: '2026-03-19', effective: units(2) },
      ]);
      const [usd] = (await getCosts({ from: '2026-03-19', to: '2026-03-20' }))
        .currencies;
      expect(usd.comparison).toEqual({
        from: '2026-03-18',
        to: '2026-03-19',
        total: '-3',
      });
    });

    it('names the environment that has no line', async () => {
      await costs.addBinding({ entity: checkout });
      await costs.addCosts([
        { entity: checkout, day: '2026-03-18', effective: units(3) },
      ]);
      expect(
        (
          await getCosts({
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
      await costs.addCosts([
        { entity: checkout, day: '2026-03-19', effective: units(2) },
        {
          entity: checkout,
          day: '2026-03-19',
          effective: units(7),
          currency: 'EUR',
        },
      ]);
      const { currencies } = await getCosts({
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
      await costs.addCosts(
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
      const byDay = await getCosts(query);
      const byMonth = await getCosts({ ...query, granularity: 'month' });
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
      await costs.addCosts([
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
      const dev = await getCosts({ ...window, environment: 'dev' });
      expect(dev.environments).toEqual(['dev', 'prod']);
      expect(dev.currencies).toMatchObject([
        { total: '5', byChargeCategory: [{ category: 'Tax', total: '5' }] },
      ]);
      expect(
        (await getCosts({ ...window, environment: 'moon' })).currencies,
      ).toEqual([]);
    });

    it('lists resources for the days they were the entity’s, and what is left as a row', async () => {
      await costs.addResource({
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
      await costs.addCosts([
        { entity: checkout, day: '2026-03-09', effective: units(4) },
        { entity: checkout, day: '2026-03-10', effective: units(1) },
        { entity: checkout, day: '2026-03-11', effective: units(2) },
      ]);
      const answer = await getCosts({
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
      const byMonth = await getCosts({
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

    it('reads again when a generation becomes live meanwhile', async () => {
      await costs.addCosts([
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
            await costs.swap('focus:aws', '2026-03');
            await costs.addCosts([
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
      const answer = await getCosts({ from: '2026-03-01', to: '2026-03-10' });
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

  describe('several entities', () => {
    const members = [
      {
        ref: 'component:default/a',
        system: 'system:default/shop',
        owner: 'group:default/x',
      },
      {
        ref: 'component:default/b',
        system: 'system:default/shop',
        owner: 'group:default/y',
      },
      { ref: 'resource:default/table', owner: 'group:default/x' },
      { ref: 'system:default/shop', owner: 'group:default/x' },
      {
        ref: checkout,
        dependsOn: [
          'resource:default/table',
          'component:default/b',
          'component:default/gone',
        ],
      },
    ];
    const ofX: EntityFilter = {
      anyOf: [
        { property: 'owner_ref', values: ['group:default/x'] },
        { property: 'ref', values: ['group:default/x'] },
      ],
    };

    beforeEach(async () => {
      await costs.addEntities(members);
      await costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await costs.addCosts(
        [
          'component:default/a',
          'component:default/b',
          'resource:default/table',
          checkout,
        ].map((entity, index) => ({
          entity,
          day: '2026-03-19',
          effective: units(10 ** index),
        })),
      );
    });

    const window = { from: '2026-03-01', to: '2026-03-21' };

    it('adds up a system’s members', async () => {
      expect(await getCosts(window, 'system:default/shop')).toMatchObject({
        scope: 'rollup',
        members: { counted: 2, hidden: 0 },
        currencies: [{ total: '11' }],
        parts: [
          { entityRef: 'component:default/b', currency: 'USD', total: '10' },
          { entityRef: 'component:default/a', currency: 'USD', total: '1' },
        ],
      });
    });

    it('counts what the caller may read, and how much it left out', async () => {
      const answer = await getCosts(window, 'system:default/shop', ofX);
      expect(answer).toMatchObject({
        members: { counted: 1, hidden: 1 },
        currencies: [{ total: '1' }],
      });
      const headline = await getHeadline('system:default/shop', ofX);
      expect(headline).toMatchObject({
        state: 'ok',
        members: { counted: 1, hidden: 1 },
        currencies: [{ currency: 'USD', monthToDate: '1' }],
      });
      const notX = await getCosts(window, 'system:default/shop', { not: ofX });
      expect(notX).toMatchObject({
        members: { counted: 1, hidden: 1 },
        currencies: [{ total: '10' }],
      });
    });

    it('adds what an entity depends on only where asked to', async () => {
      expect((await getCosts(window)).currencies[0].total).toBe('1000');
      const answer = await getCosts(
        { ...window, scope: 'with-dependencies' },
        checkout,
        ofX,
      );
      expect(answer).toMatchObject({
        scope: 'with-dependencies',
        members: { counted: 2, hidden: 1 },
        currencies: [{ total: '1100' }],
        parts: [
          { entityRef: checkout, total: '1000' },
          { entityRef: 'resource:default/table', total: '100' },
        ],
      });
    });

    it('knows no costs of entities that are gone or of other kinds', async () => {
      await costs.addEntities([{ ref: 'api:default/x' }]);
      await expect(getCosts(window, 'api:default/x')).rejects.toThrow(
        "There is no entity 'api:default/x' that you may see here",
      );
      await expect(getCosts(window, 'component:default/gone')).rejects.toThrow(
        "There is no entity 'component:default/gone' that you may see here",
      );
    });
  });

  describe('a headline', () => {
    beforeEach(async () => {
      await costs.addEntities([{ ref: checkout }]);
    });

    it('compares the month so far with the same days of the month before', async () => {
      await costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-31' },
      ]);
      await costs.addCosts([
        { entity: checkout, day: '2026-01-28', effective: units(1_000) },
        { entity: checkout, day: '2026-01-29', effective: units(1) },
        { entity: checkout, day: '2026-02-28', effective: units(3) },
        { entity: checkout, day: '2026-03-01', effective: units(4) },
        { entity: checkout, day: '2026-03-31', effective: units(4) },
      ]);
      const headline = await getHeadline();
      expect(headline).toMatchObject({
        state: 'ok',
        reason: 'The bill is complete through 31 March 2026.',
        basis: 'effective',
        environments: 'production',
        currencies: [
          {
            currency: 'USD',
            monthToDate: '8',
            // 31 days: January's last three and all of February.
            sameDaysBefore: '4',
            change: '1',
            lastMonth: '3',
          },
        ],
      });
      const daily = headline?.currencies[0].daily ?? [];
      expect(daily).toHaveLength(30);
      expect(daily[0]).toEqual({ day: '2026-03-02', amount: '0' });
      expect(daily[29]).toEqual({ day: '2026-03-31', amount: '4' });
    });

    it('leaves out what the bill does not reach', async () => {
      await costs.addSources([
        { id: 'focus:aws', from: '2026-03-10', through: '2026-03-20' },
      ]);
      await costs.addCosts([
        { entity: checkout, day: '2026-03-12', effective: units(4) },
      ]);
      const [usd] = (await getHeadline())?.currencies ?? [];
      expect(usd).toEqual({
        currency: 'USD',
        monthToDate: '4',
        daily: expect.any(Array),
      });
      expect(usd.daily.map(({ day }) => day)).toHaveLength(11);
    });

    it('shows production alone, and everything where none is', async () => {
      await costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await costs.addCosts([
        {
          entity: checkout,
          day: '2026-03-12',
          effective: units(4),
          environment: 'dev',
        },
      ]);
      expect(await getHeadline()).toMatchObject({
        environments: 'all',
        currencies: [{ monthToDate: '4' }],
      });
      await costs.addCosts([
        {
          entity: checkout,
          day: '2026-03-12',
          effective: units(1),
          environment: 'Prod',
        },
      ]);
      expect(await getHeadline()).toMatchObject({
        environments: 'production',
        currencies: [{ monthToDate: '1' }],
      });
    });

    it('goes as far as the slowest of its own sources, not of others', async () => {
      await costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
        { id: 'focus:azure', from: '2026-01-01', through: '2026-02-10' },
      ]);
      statuses = [
        freshSource(),
        freshSource('focus:azure', { state: 'failing' }),
      ];
      await costs.addCosts([
        { entity: checkout, day: '2026-03-12', effective: units(4) },
      ]);
      expect(await getHeadline()).toMatchObject({
        state: 'ok',
        freshness: {
          state: 'fresh',
          dataThrough: '2026-03-20',
          sources: ['focus:aws'],
        },
      });
      await costs.addCosts([
        {
          entity: checkout,
          day: '2026-02-05',
          effective: units(3),
          source: 'focus:azure',
        },
      ]);
      expect(await getHeadline()).toMatchObject({
        state: 'cannot-tell',
        currencies: [{ monthToDate: '3' }],
        freshness: {
          state: 'failing',
          dataThrough: '2026-02-10',
          sources: ['focus:aws', 'focus:azure'],
        },
      });
    });

    it('says what is missing instead of a figure', async () => {
      statuses = [];
      expect(await getHeadline()).toMatchObject({
        state: 'not-set-up',
        reason: 'No cost source is set up in this portal.',
        currencies: [],
      });
      statuses = [freshSource('focus:aws', { state: 'unknown' })];
      await costs.addBinding({ entity: checkout });
      expect(await getHeadline()).toMatchObject({
        state: 'cannot-tell',
        reason: 'No bill has been read yet.',
      });
    });
  });
});
