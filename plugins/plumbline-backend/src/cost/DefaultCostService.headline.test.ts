import {
  checkout,
  CostServiceFixture,
  databases,
} from './__testUtils__/CostServiceFixture';
import { freshSource, units } from './testUtils';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('a headline, %p', id => {
  let fixture: CostServiceFixture;

  beforeEach(async () => {
    fixture = await CostServiceFixture.create(id);
  });

  it('says when a headline counts what is only claimed', async () => {
    await fixture.costs.addEntities([
      { ref: checkout, system: 'system:default/shop' },
      { ref: 'component:default/ledger', system: 'system:default/shop' },
      { ref: 'system:default/shop' },
    ]);
    await fixture.costs.addSources([
      { id: 'focus:aws', from: '2026-02-01', through: '2026-03-20' },
    ]);
    await fixture.costs.addCosts(
      [checkout, 'component:default/ledger'].map(entity => ({
        entity,
        day: '2026-03-02',
        effective: units(5),
      })),
    );
    const claimed = async (entityRef: string) =>
      (await fixture.getHeadline(entityRef))?.claimed;
    const day = { '2026-03-02': units(5) };
    await fixture.costs.addResource({
      id: 'a',
      entity: checkout,
      proof: 'proven',
      costs: day,
    });
    // Headlines are of production.
    await fixture.costs.addResource({
      id: 'b',
      entity: checkout,
      environment: 'staging',
      costs: day,
    });
    // A claim that another entity won.
    await fixture.costs.addBinding({ entity: checkout });
    expect(await claimed(checkout)).toBeUndefined();
    expect(await claimed('system:default/shop')).toBeUndefined();
    await fixture.costs.addResource({
      id: 'c',
      entity: 'component:default/ledger',
      costs: day,
    });
    expect(await claimed(checkout)).toBeUndefined();
    expect(await claimed('component:default/ledger')).toBe(true);
    expect(await claimed('system:default/shop')).toBe(true);
  });

  describe('of one component', () => {
    beforeEach(async () => {
      await fixture.costs.addEntities([{ ref: checkout }]);
    });

    it('compares the month so far with the same days of the month before', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-31' },
      ]);
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-01-28', effective: units(1_000) },
        { entity: checkout, day: '2026-01-29', effective: units(1) },
        { entity: checkout, day: '2026-02-28', effective: units(3) },
        { entity: checkout, day: '2026-03-01', effective: units(4) },
        { entity: checkout, day: '2026-03-31', effective: units(4) },
      ]);
      const headline = await fixture.getHeadline();
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

    it('compares usage only: what is billed once a month comes when it comes', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      const once = [
        { category: 'Tax' as const, effective: units(30) },
        { category: 'Purchase' as const, effective: units(50) },
        { category: 'Credit' as const, effective: units(-7) },
        { correction: true, effective: units(9) },
      ];
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-02-01', effective: units(10) },
        ...once.map(of => ({ entity: checkout, day: '2026-02-01', ...of })),
        { entity: checkout, day: '2026-03-02', effective: units(12) },
        {
          entity: checkout,
          day: '2026-03-03',
          effective: units(5),
          correction: true,
        },
      ]);
      expect((await fixture.getHeadline())?.currencies).toMatchObject([
        {
          monthToDate: '17',
          usageToDate: '12',
          sameDaysBefore: '10',
          change: '0.2',
          lastMonth: '92',
        },
      ]);
    });

    it('leaves out what the bill does not reach', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-03-10', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-03-12', effective: units(4) },
      ]);
      const [usd] = (await fixture.getHeadline())?.currencies ?? [];
      expect(usd).toEqual({
        currency: 'USD',
        monthToDate: '4',
        usageToDate: '4',
        daily: expect.any(Array),
      });
      expect(usd.daily.map(({ day }) => day)).toHaveLength(11);
    });

    it('shows production alone, and everything where none is', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts([
        {
          entity: checkout,
          day: '2026-03-12',
          effective: units(4),
          environment: 'dev',
        },
      ]);
      expect(await fixture.getHeadline()).toMatchObject({
        environments: 'all',
        currencies: [{ monthToDate: '4' }],
      });
      await fixture.costs.addCosts([
        {
          entity: checkout,
          day: '2026-03-12',
          effective: units(1),
          environment: 'Prod',
        },
      ]);
      expect(await fixture.getHeadline()).toMatchObject({
        environments: 'production',
        currencies: [{ monthToDate: '1' }],
      });
    });

    it('goes as far as the slowest of its own sources, not of others', async () => {
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
        { id: 'focus:azure', from: '2026-01-01', through: '2026-02-10' },
      ]);
      fixture.statuses = [
        freshSource(),
        freshSource('focus:azure', { state: 'failing' }),
      ];
      await fixture.costs.addCosts([
        { entity: checkout, day: '2026-03-12', effective: units(4) },
      ]);
      expect(await fixture.getHeadline()).toMatchObject({
        state: 'ok',
        freshness: {
          state: 'fresh',
          dataThrough: '2026-03-20',
          sources: ['focus:aws'],
        },
      });
      await fixture.costs.addCosts([
        {
          entity: checkout,
          day: '2026-02-05',
          effective: units(3),
          source: 'focus:azure',
        },
      ]);
      expect(await fixture.getHeadline()).toMatchObject({
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
      fixture.statuses = [];
      expect(await fixture.getHeadline()).toMatchObject({
        state: 'not-set-up',
        reason: 'No cost source is set up in this portal.',
        currencies: [],
      });
      fixture.statuses = [freshSource('focus:aws', { state: 'unknown' })];
      await fixture.costs.addBinding({ entity: checkout });
      expect(await fixture.getHeadline()).toMatchObject({
        state: 'cannot-tell',
        reason: 'No bill has been read yet.',
      });
    });
  });
});
