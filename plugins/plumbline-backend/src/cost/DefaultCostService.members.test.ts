import type { EntityFilter } from '../permissions';
import {
  checkout,
  CostServiceFixture,
  databases,
} from './__testUtils__/CostServiceFixture';
import { units } from './testUtils';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'the costs of several entities, %p',
  id => {
    let fixture: CostServiceFixture;

    beforeEach(async () => {
      fixture = await CostServiceFixture.create(id);
    });

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
      await fixture.costs.addEntities(members);
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      await fixture.costs.addCosts(
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
      expect(
        await fixture.getCosts(window, 'system:default/shop'),
      ).toMatchObject({
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
      const answer = await fixture.getCosts(window, 'system:default/shop', ofX);
      expect(answer).toMatchObject({
        members: { counted: 1, hidden: 1 },
        currencies: [{ total: '1' }],
      });
      const headline = await fixture.getHeadline('system:default/shop', ofX);
      expect(headline).toMatchObject({
        state: 'ok',
        members: { counted: 1, hidden: 1 },
        currencies: [{ currency: 'USD', monthToDate: '1' }],
      });
      const notX = await fixture.getCosts(window, 'system:default/shop', {
        not: ofX,
      });
      expect(notX).toMatchObject({
        members: { counted: 1, hidden: 1 },
        currencies: [{ total: '10' }],
      });
    });

    it('adds what an entity depends on only where asked to', async () => {
      expect((await fixture.getCosts(window)).currencies[0].total).toBe('1000');
      const answer = await fixture.getCosts(
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
      await fixture.costs.addEntities([{ ref: 'api:default/x' }]);
      await expect(fixture.getCosts(window, 'api:default/x')).rejects.toThrow(
        "There is no entity 'api:default/x' that you may see here",
      );
      await expect(
        fixture.getCosts(window, 'component:default/gone'),
      ).rejects.toThrow(
        "There is no entity 'component:default/gone' that you may see here",
      );
    });
  },
);
