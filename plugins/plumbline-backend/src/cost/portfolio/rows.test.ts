import { units } from '../testUtils';
import {
  databases,
  inShort,
  PortfolioFixture,
} from './__testUtils__/PortfolioFixture';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'the rows of a portfolio, %p',
  id => {
    let fixture: PortfolioFixture;

    beforeEach(async () => {
      fixture = await PortfolioFixture.create(id);
      await fixture.costs.addEntities([
        {
          ref: 'component:default/checkout',
          owner: 'group:default/shop',
          system: 'system:default/storefront',
          domain: 'domain:default/retail',
        },
        {
          ref: 'resource:default/orders',
          owner: 'group:default/shop',
          system: 'system:default/storefront',
        },
        { ref: 'component:default/ledger', owner: 'group:default/money' },
        { ref: 'component:default/orphan' },
        { ref: 'component:default/idle', owner: 'group:default/money' },
        { ref: 'system:default/storefront', owner: 'group:default/shop' },
      ]);
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      const on = (entity: string, day: string, count: number, more = {}) => ({
        entity,
        day,
        effective: units(count),
        ...more,
      });
      await fixture.costs.addCosts([
        on('component:default/checkout', '2026-01-15', 10),
        on('component:default/checkout', '2026-02-15', 40),
        on('component:default/checkout', '2026-03-15', 5, {
          environment: 'stage',
        }),
        on('component:default/checkout', '2026-03-15', 7, { currency: 'EUR' }),
        on('resource:default/orders', '2026-02-02', 2),
        on('component:default/ledger', '2026-01-03', 100),
        on('component:default/ledger', '2026-02-03', 30),
        on('component:default/orphan', '2026-03-03', 1),
      ]);
    });

    it('adds up by owner, in each currency apart, with who has none as a row of its own', async () => {
      const answer = await fixture.get();
      expect(inShort(answer)).toEqual([
        'group:default/shop 47 USD',
        'group:default/money 30 USD',
        'none 1 USD',
        'group:default/shop 7 EUR',
      ]);
      expect(answer.currencies).toEqual(['USD', 'EUR']);
      expect(answer.rows[0].months).toEqual([
        { month: '2026-02', amount: '42' },
        { month: '2026-03', amount: '5' },
      ]);
      expect(answer.totals).toMatchObject([
        { currency: 'USD', total: '78', rows: 3 },
        { currency: 'EUR', total: '7', rows: 1 },
      ]);
    });

    it.each([
      ['system', ['system:default/storefront 47 USD', 'none 31 USD']],
      ['domain', ['domain:default/retail 45 USD', 'none 33 USD']],
      ['environment', ['prod 73 USD', 'stage 5 USD']],
      [
        'entity',
        [
          'component:default/checkout 45 USD',
          'component:default/ledger 30 USD',
          'resource:default/orders 2 USD',
          'component:default/orphan 1 USD',
        ],
      ],
    ] as const)('adds up by %s', async (by, rows) => {
      expect(inShort(await fixture.get({ by, currency: 'USD' }))).toEqual(rows);
    });

    it('counts entities without any cost as such, and makes no row of zero of them', async () => {
      const answer = await fixture.get();
      expect(answer.entities).toEqual({
        counted: 5,
        withoutCost: 1,
        hidden: 0,
      });
      expect(answer.rows[1].entities).toEqual({ counted: 2, withoutCost: 1 });
      const february = await fixture.get({ to: '2026-02' });
      expect(inShort(february)).not.toContain('none 0 USD');
      expect(february.entities.withoutCost).toBe(2);
      const environments = await fixture.get({ by: 'environment' });
      expect(
        environments.rows.map(({ key, entities }) => [key, entities.counted]),
      ).toEqual([
        ['prod', 4],
        ['stage', 1],
        ['prod', 4],
      ]);
    });

    it('leaves out what the person may not read, and says how many entities that are', async () => {
      fixture.readable = {
        property: 'owner_ref',
        values: ['group:default/shop'],
      };
      fixture.seesBuckets = false;
      const answer = await fixture.get();
      expect(inShort(answer)).toEqual([
        'group:default/shop 7 EUR',
        'group:default/shop 47 USD',
      ]);
      expect(answer.entities).toEqual({
        counted: 2,
        withoutCost: 0,
        hidden: 3,
      });
      expect(answer.totals.map(({ total }) => total)).toEqual(['7', '47']);
      expect(answer.rows[0].share).toBe('1');
      expect(answer.totals[0]).not.toHaveProperty('everything');
      expect(answer).not.toHaveProperty('shared');
      expect(answer).not.toHaveProperty('unallocated');

      fixture.readable = {
        not: { property: 'owner_ref', values: ['group:default/shop'] },
      };
      expect(inShort(await fixture.get())).toEqual([
        'group:default/money 30 USD',
        'none 1 USD',
      ]);
    });

    it('keeps to one environment, and still names the others', async () => {
      const answer = await fixture.get({ environment: 'stage' });
      expect(inShort(answer)).toEqual(['group:default/shop 5 USD']);
      expect(answer.environments).toEqual(['prod', 'stage']);
      expect(answer.entities).toMatchObject({ counted: 5, withoutCost: 4 });
      const nowhere = await fixture.get({ environment: 'moon' });
      expect(nowhere.rows).toEqual([]);
      expect(nowhere.headline).toEqual({
        state: 'cannot-tell',
        reason:
          "The bill has no line of the environment 'moon' for this time; choose another one, or all.",
      });
    });

    it('keeps to one owner, system or domain, or to those without one', async () => {
      const entities = async (query: object) =>
        inShort(await fixture.get({ by: 'entity', currency: 'USD', ...query }));
      expect(await entities({ owner: 'group:default/shop' })).toEqual([
        'component:default/checkout 45 USD',
        'resource:default/orders 2 USD',
      ]);
      expect(
        await entities({ owner: 'group:default/shop', domain: 'none' }),
      ).toEqual(['resource:default/orders 2 USD']);
      expect(await entities({ system: 'none' })).toEqual([
        'component:default/ledger 30 USD',
        'component:default/orphan 1 USD',
      ]);
    });

    it('keeps what left the catalog in the sum, in a row of its own', async () => {
      await fixture.costs.database
        .knex('entity')
        .where({ ref: 'component:default/ledger' })
        .update({ removed_at: new Date() });
      const answer = await fixture.get({ currency: 'USD' });
      expect(inShort(answer)).toEqual([
        'group:default/shop 47 USD',
        'removed 30 USD',
        'none 1 USD',
      ]);
      expect(answer.entities).toMatchObject({ counted: 4, withoutCost: 1 });
      expect(answer.rows[1].entities).toEqual({ counted: 1, withoutCost: 0 });
      expect(inShort(await fixture.get({ by: 'entity' }))).toContain(
        'removed 30 USD',
      );
    });

    it.each([
      ['total', 'desc', ['shop', 'money', 'none']],
      ['total', 'asc', ['none', 'money', 'shop']],
      ['name', 'asc', ['money', 'shop', 'none']],
      ['name', 'desc', ['shop', 'money', 'none']],
      ['lastMonth', 'desc', ['shop', 'money', 'none']],
      ['difference', 'asc', ['money', 'none', 'shop']],
      ['toDate', 'desc', ['shop', 'none', 'money']],
    ] as const)('sorts by %s, %s', async (sort, order, names) => {
      const { rows } = await fixture.get({ sort, order, currency: 'USD' });
      expect(
        rows.map(({ kind, key }) => key?.replace('group:default/', '') ?? kind),
      ).toEqual(names);
    });

    it('gives pages that add up, and refuses to put together pages of two bills', async () => {
      const first = await fixture.get({ by: 'entity', limit: '2' });
      expect(inShort(first)).toHaveLength(2);
      const cursor = first.nextCursor;
      const second = await fixture.get({ by: 'entity', limit: '2', cursor });
      const third = await fixture.get({
        by: 'entity',
        limit: '2',
        cursor: second.nextCursor,
      });
      expect(third.nextCursor).toBeUndefined();
      const all = await fixture.get({ by: 'entity' });
      expect([first, second, third].flatMap(inShort)).toEqual(inShort(all));
      expect(second.totals).toEqual(all.totals);

      await expect(fixture.get({ cursor: 'two' })).rejects.toThrow(
        "'cursor' (two) is none of this list",
      );
      await fixture.costs.swap('focus:aws', '2026-02');
      await expect(fixture.get({ by: 'entity', cursor })).rejects.toThrow(
        'The bill has changed since the first page was read',
      );
    });

    describe('whose names the catalog does not show', () => {
      beforeEach(() => {
        fixture.hidden = ['group:default/money'];
      });

      it('are in the sum without a name', async () => {
        const { rows, totals, movers } = await fixture.get({ currency: 'USD' });
        expect(rows.map(({ kind, key }) => [kind, key])).toEqual([
          ['named', 'group:default/shop'],
          ['hidden', undefined],
          ['none', undefined],
        ]);
        expect(totals[0].total).toBe('78');
        expect(JSON.stringify({ rows, movers })).not.toContain('money');
      });

      it('cannot be found by searching, nor by the order of names', async () => {
        const found = await fixture.get({ search: 'mon', currency: 'USD' });
        expect(found.rows).toEqual([]);
        expect(found.totals[0]).toMatchObject({ total: '0', rows: 0 });
        const { rows } = await fixture.get({ sort: 'name', currency: 'USD' });
        expect(rows.map(({ kind }) => kind)).toEqual([
          'named',
          'none',
          'hidden',
        ]);
      });
    });

    it('searches by name, and totals what it found', async () => {
      const answer = await fixture.get({ search: 'SHOP', currency: 'USD' });
      expect(inShort(answer)).toEqual(['group:default/shop 47 USD']);
      expect(answer.totals[0]).toMatchObject({ total: '47', rows: 1 });
      expect(answer.totals[0]).not.toHaveProperty('everything');
      // A share is of everything, found or not.
      expect(answer.rows[0].share).toBe('0.602564');
    });
  },
);
