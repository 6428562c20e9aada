import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  plumblineCostReadPermission,
  toEntityRef,
  type ChargeSource,
  type ChargesQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
  plumblineRules,
} from '@plumbline/backstage-plugin-plumbline-node';
import { parseChargesQuery } from '../../api/request';
import {
  databases,
  entity,
} from '../../bindings/__testUtils__/BindingsFixture';
import { CatalogNames, EntityAuthorizer, EntityStore } from '../../permissions';
import {
  FIRST,
  has,
  line,
  SharingFixture,
  units,
} from '../split/__testUtils__/SharingFixture';
import { freshSource } from '../testUtils';
import { AuthorizedChargesService } from './AuthorizedChargesService';
import { DefaultChargesService } from './DefaultChargesService';

jest.setTimeout(120_000);

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const ownedBy = (...claims: string[]) =>
  createPlumblineConditionalDecision(
    plumblineCostReadPermission,
    plumblineConditions.isEntityOwner({ claims }),
  );

/** One (x) shares with two (y), three (z) and itself; taxes are spread. */
const RULES = {
  shares: [
    {
      entity: 'component:default/one',
      by: 'fixed',
      consumers: [
        { entity: 'component:default/one', weight: 2 },
        { entity: 'component:default/two', weight: 3 },
        { entity: 'component:default/three', weight: 5 },
      ],
      from: '2026-02-01',
    },
  ],
  split: [
    {
      name: 'taxes',
      match: { categories: ['Tax'] },
      spread: 'proportional',
      from: '2026-02-01',
    },
  ],
};
const february = { from: '2026-02-01', to: '2026-03-01' };
const firstDays = { from: '2026-02-01', to: '2026-02-05' };

describe.each(databases.eachSupportedId())(
  'charges of shared cost on %s',
  databaseId => {
    async function setUp(decision: PolicyDecision = allow) {
      const fixture = await SharingFixture.create(databaseId, RULES);
      const { database, bindings } = fixture;
      bindings.entities = [
        entity('Component:one', has('a'), { ownedBy: 'group:default/x' }),
        entity('Component:two', has('b'), { ownedBy: 'group:default/y' }),
        entity('Component:three', {}, { ownedBy: 'group:default/z' }),
      ];
      await bindings.pass();
      await fixture.deliver(
        line('a', units(20)),
        line('a', units(30), { day: FIRST + 9, service: 1 }),
        line('b', units(10)),
        line('', units(6), { category: 'Tax' }),
      );
      const entities = EntityStore.create({ database });
      const charges = AuthorizedChargesService.create({
        entities,
        authorizer: EntityAuthorizer.create({
          auth: mockServices.auth(),
          permissions: mockServices.permissions.mock({
            authorizeConditional: async queries => queries.map(() => decision),
          }),
          ruleset: {
            getRuleByName: name =>
              Object.values(plumblineRules).find(rule => rule.name === name) ??
              plumblineRules.isEntityOwner,
          },
        }),
        names: CatalogNames.create({
          auth: mockServices.auth(),
          catalog: catalogServiceMock({ entities: bindings.entities }),
        }),
        inner: DefaultChargesService.create({
          database,
          entities,
          statuses: { getStatuses: async () => [freshSource('fake:bill')] },
          bindings: bindings.bindings.store,
        }),
      });
      const open = async (
        name: string,
        query: Partial<ChargesQuery> = february,
      ) => {
        const { limit, ...given } = { ...february, ...query };
        const answer = await charges.getCharges({
          entityRef: toEntityRef(`component:default/${name}`),
          query: parseChargesQuery({ currency: 'USD', ...given }),
          credentials: mockCredentials.user(),
        });
        return answer.sources?.[0];
      };
      return { open, knex: database.knex };
    }

    const lines = (source: ChargeSource | undefined) => [
      `${source?.total} = ${source?.rowTotal} rows`,
      ...(source?.shares ?? []).map(
        ({ direction, amount, partner, weight, rule }) =>
          `${direction} ${amount}: ${
            partner?.entityRef ?? partner?.bucket ?? 'hidden'
          } ${weight ? `${weight.part}/${weight.of}` : '-'} ${rule?.by ?? '-'}`,
      ),
      ...(source?.withoutRows
        ? [`${source.withoutRows.reason} ${source.withoutRows.amount}`]
        : []),
    ];

    it('say whose they are, by which rule and weight', async () => {
      const { open } = await setUp();
      expect(lines(await open('three'))).toEqual([
        '25 = 0 rows',
        'received 25: component:default/one 5/10 fixed',
      ]);
      expect(lines(await open('one'))).toEqual([
        '15 = 50 rows',
        'received 5: shared 50/60 proportional',
        'given 25: component:default/three 5/10 fixed',
        'given 15: component:default/two 3/10 fixed',
      ]);
    });

    it('count the days of the figure, in a month that the window cuts', async () => {
      const { open } = await setUp();
      expect(lines(await open('two', firstDays))).toEqual([
        '17 = 10 rows',
        'received 6: component:default/one 3/10 fixed',
        'received 1: shared 10/60 proportional',
      ]);
      const later = { from: '2026-02-05', to: '2026-03-01' };
      expect(lines(await open('two', later))).toEqual([
        '9 = 0 rows',
        'received 9: component:default/one 3/10 fixed',
      ]);
      expect(lines(await open('two', { service: 'Amazon DynamoDB' }))).toEqual([
        '9 = 0 rows',
        'received 9: component:default/one 3/10 fixed',
      ]);
      expect(lines(await open('two', { category: 'Tax' }))).toEqual([
        '1 = 0 rows',
        'received 1: shared 10/60 proportional',
      ]);
    });

    it('say neither whose it was, nor by which weight, nor of how many, to who may not see them', async () => {
      const { open } = await setUp(ownedBy('group:default/y'));
      expect(lines(await open('two'))).toEqual([
        '26 = 10 rows',
        'received 16: hidden - -',
      ]);
      await expect(open('one')).rejects.toThrow(/no entity/);
    });

    it('tell the giver of those it may see, and of all others as one', async () => {
      const { open } = await setUp(
        ownedBy('group:default/x', 'group:default/y'),
      );
      expect(lines(await open('one'))).toEqual([
        '15 = 50 rows',
        'given 15: component:default/two 3/10 fixed',
        'received 5: hidden - -',
        'given 25: hidden - -',
      ]);
    });

    it('leave the rest to what was linked differently since', async () => {
      const { open, knex } = await setUp();
      await knex('allocation')
        .where({
          resource_id: knex('resource').where({ native_id: 'b' }).select('id'),
        })
        .delete();
      expect(lines(await open('two'))).toEqual([
        '26 = 0 rows',
        'received 15: component:default/one 3/10 fixed',
        'received 1: shared 10/60 proportional',
        'relinked 10',
      ]);
    });

    it('are told by whole months where days were not kept, and else said to be unknown', async () => {
      const { open, knex } = await setUp();
      await knex('entity_share_daily').delete();
      await knex('entity_share_monthly').update({ dated: null });
      expect(lines(await open('two'))).toEqual([
        '26 = 10 rows',
        'received 15: component:default/one 3/10 fixed',
        'received 1: shared 10/60 proportional',
      ]);
      expect(lines(await open('two', firstDays))).toEqual([
        '17 = 10 rows',
        'shared-by-month 7',
      ]);
      expect(lines(await open('two', { category: 'Usage' }))).toEqual([
        '25 = 10 rows',
        'shared-by-month 15',
      ]);
    });

    it('are told of months of which only sums are kept', async () => {
      const { open, knex } = await setUp();
      await knex('entity_share_daily').delete();
      await knex('cost_partition').update({ resource_generation: null });
      expect(lines(await open('two'))).toEqual([
        '26 = 0 rows',
        'received 15: component:default/one 3/10 fixed',
        'received 1: shared 10/60 proportional',
        'days-forgotten 10',
      ]);
    });

    it('are unknown to the giver where parts are dated to the first of a month that the window cuts', async () => {
      const { open, knex } = await setUp();
      // As it is done above two million parts.
      await knex('entity_share_monthly').update({ dated: 0 });
      await knex('entity_share_daily')
        .where({ day: FIRST + 9 })
        .update({ day: FIRST });
      expect((await open('one'))?.withoutRows).toBeUndefined();
      expect((await open('one', firstDays))?.withoutRows?.reason).toBe(
        'shared-by-month',
      );
    });
  },
);
