import {
  BindingsFixture,
  databases,
  entity,
} from '../__testUtils__/BindingsFixture';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { EntityStore } from '../../permissions';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'CatalogPoller on %s',
  databaseId => {
    const ref = (text: string) => text as EntityRef;

    async function state(fixture: BindingsFixture, key: string) {
      const row = await fixture.database
        .knex('plumbline_state')
        .where({ key })
        .first();
      return row?.value;
    }

    it('keeps owner, system, domain and dependencies of every kind', async () => {
      const fixture = await BindingsFixture.create(databaseId);
      fixture.entities = [
        entity(
          'Component:cart',
          {},
          {
            partOf: 'system:default/shop',
            dependsOn: [
              'resource:default/db',
              'component:default/pay',
              `resource:default/${'x'.repeat(600)}`,
            ],
          },
        ),
        entity('Component:pay', {}, { dependsOn: 'component:default/cart' }),
        entity(
          'Resource:db',
          {},
          { ownedBy: '', dependsOn: 'resource:default/disk' },
        ),
        entity('Resource:disk'),
        entity('System:shop', {}, { partOf: 'domain:default/retail' }),
        entity('Domain:retail'),
        entity('Group:team', {}, { ownedBy: '' }),
        entity('User:somebody'),
      ];
      await fixture.pass();
      const entities = EntityStore.create(fixture);
      expect(await entities.getByRef('component:default/cart')).toMatchObject({
        ownerRef: 'group:default/team',
        systemRef: 'system:default/shop',
        domainRef: 'domain:default/retail',
      });
      expect(await entities.getByRef('system:default/shop')).toMatchObject({
        systemRef: 'system:default/shop',
        domainRef: 'domain:default/retail',
      });
      expect(await entities.getByRef('domain:default/retail')).toMatchObject({
        domainRef: 'domain:default/retail',
      });
      expect(await entities.getByRef('group:default/team')).toMatchObject({
        ownerRef: 'group:default/team',
      });
      expect(
        (await entities.getByRef('resource:default/db'))?.ownerRef,
      ).toBeUndefined();
      expect(await entities.getByRef('user:default/somebody')).toBeUndefined();
      expect(await entities.getByRef('plumbline:unallocated')).toBeUndefined();

      const members = async (text: string) => {
        const whole = await entities.getByRef(text);
        const found = whole && (await entities.listMembers(whole, undefined));
        return found?.readable.map(member => member.ref);
      };
      expect(await members('system:default/shop')).toEqual([
        'component:default/cart',
      ]);
      expect(await members('domain:default/retail')).toEqual([
        'component:default/cart',
      ]);
      expect(await members('group:default/team')).toEqual([
        'component:default/cart',
        'component:default/pay',
        'resource:default/disk',
      ]);
      const ids = await Promise.all(
        [
          'component:default/pay',
          'resource:default/db',
          'resource:default/disk',
        ].map(async text => (await entities.getByRef(text))?.id),
      );
      expect(
        await fixture.bindings.store.getDependencies(
          ref('component:default/cart'),
        ),
      ).toEqual(ids.sort((a, b) => Number(a) - Number(b)));

      // The system moves: its members follow, though nothing of theirs changed.
      fixture.entities = fixture.entities.map(one =>
        one.metadata.name === 'shop'
          ? entity('System:shop', {}, { partOf: 'domain:default/other' })
          : one,
      );
      await fixture.pass();
      expect(await entities.getByRef('component:default/cart')).toMatchObject({
        domainRef: 'domain:default/other',
      });
    });

    it('takes nothing for gone when a pass did not end', async () => {
      const fixture = await BindingsFixture.create(databaseId);
      const many = Array.from({ length: 700 }, (_, index) =>
        entity(`Component:c${index}`, {
          'plumbline.dev/resource-ids': `r${index}`,
        }),
      );
      fixture.entities = many;
      await fixture.bill({ id: 'r699' });
      await fixture.pass();
      const before = await fixture.allocation();
      const polledAt = await state(fixture, 'catalog_polled_at');

      fixture.nextDay();
      const whole = fixture.queryEntities.getMockImplementation();
      let calls = 0;
      fixture.queryEntities.mockImplementation(async (request, options) => {
        calls += 1;
        if (calls === 2) {
          throw new Error('The catalog is restarting');
        }
        return whole!(request, options);
      });
      await expect(fixture.pass()).rejects.toThrow('restarting');
      expect(await fixture.allocation()).toEqual(before);
      expect(
        await EntityStore.create(fixture).getByRef('component:default/c699'),
      ).toBeDefined();
      expect(await state(fixture, 'catalog_error')).toContain(
        'The catalog is restarting',
      );
      expect(await state(fixture, 'catalog_polled_at')).toBe(polledAt);

      fixture.queryEntities.mockImplementation(async () => ({
        items: [],
        totalItems: 0,
        pageInfo: {},
      }));
      await expect(fixture.pass()).rejects.toThrow('no entity at all');
      expect(await fixture.allocation()).toEqual(before);

      fixture.queryEntities.mockImplementation(whole!);
      fixture.entities = many.slice(0, 699);
      await fixture.pass();
      expect(await state(fixture, 'catalog_error')).toBeUndefined();
      expect(await fixture.owners()).toEqual({});
    });

    it('gives nothing to anybody before a young catalog has filled up', async () => {
      const fixture = await BindingsFixture.create(databaseId);
      const claim = { 'plumbline.dev/resource-ids': 'r' };
      const filling = [
        [],
        [entity('Component:b', claim)],
        [entity('Component:b', claim), entity('Resource:a', claim)],
      ];
      await fixture.bill({ id: 'r' });
      const whole = fixture.queryEntities.getMockImplementation();
      fixture.queryEntities.mockRejectedValueOnce(new Error('not yet'));
      fixture.queryEntities.mockImplementation(async (request, options) => {
        fixture.entities = filling.shift() ?? fixture.entities;
        expect(await fixture.bindings.allocator.refresh()).toBe(0);
        return whole!(request, options);
      });
      await fixture.pass();
      expect(await fixture.allocation()).toMatchObject([
        { entity: 'resource:default/a', from: -2_147_483_648 },
      ]);
    });

    it('says why a young catalog cannot be read, and binds nothing', async () => {
      const fixture = await BindingsFixture.create(databaseId);
      fixture.queryEntities.mockRejectedValue(new Error('no such host'));
      await expect(fixture.pass()).rejects.toThrow('no such host');
      expect(await state(fixture, 'catalog_error')).toContain('no such host');
      expect(await state(fixture, 'catalog_settled_at')).toBeUndefined();
    });

    it('reads claims anew when the integrations are others, though no entity changed', async () => {
      const fixture = await BindingsFixture.create(databaseId);
      fixture.entities = [
        entity('Component:a', { 'plumbline.dev/resource-ids': 'r' }),
      ];
      await fixture.pass();
      await fixture.database.knex('entity').update({ claims: null });
      await fixture.bill({ id: 'r' });
      await fixture.database
        .knex('plumbline_state')
        .where({ key: 'claims_version' })
        .update({ value: 'before' });
      await fixture.pass();
      expect(await fixture.owners()).toEqual({ r: 'component:default/a' });
    });

    it('pages through bindings', async () => {
      const fixture = await BindingsFixture.create(databaseId);
      fixture.entities = [
        entity('Component:a', { 'plumbline.dev/resource-ids': 'r1,r2,r3' }),
      ];
      await fixture.bill({ id: 'r1' }, { id: 'r2' }, { id: 'r3' });
      await fixture.pass();
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await fixture.bindings.store.getBindings(
          ref('component:default/a'),
          { cursor, limit: 2 },
        );
        seen.push(
          ...(page?.bindings ?? []).map(({ target }) =>
            target.kind === 'resource' ? target.id : '',
          ),
        );
        cursor = page?.nextCursor;
      } while (cursor);
      expect(seen).toEqual(['r1', 'r2', 'r3']);
      await expect(
        fixture.bindings.store.getBindings(ref('component:default/a'), {
          cursor: 'x',
          limit: 2,
        }),
      ).rejects.toThrow('no cursor of this list');
    });
  },
);
