import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  plumblineCostReadPermission,
  toEntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
  plumblineRules,
} from '@plumbline/backstage-plugin-plumbline-node';
import { parseCostQuery } from '../../api/request';
import {
  databases,
  entity,
} from '../../bindings/__testUtils__/BindingsFixture';
import {
  AuthorizedOverviewService,
  DefaultOverviewService,
} from '../../overview';
import { CatalogNames, EntityAuthorizer, EntityStore } from '../../permissions';
import { AuthorizedCostService } from '../AuthorizedCostService';
import { DefaultCostService } from '../DefaultCostService';
import { freshSource } from '../testUtils';
import {
  has,
  line,
  SharingFixture,
  units,
} from './__testUtils__/SharingFixture';

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

describe.each(databases.eachSupportedId())('shares on %s', databaseId => {
  async function setUp(decision: PolicyDecision) {
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
      line('b', units(10)),
      line('', units(3), { category: 'Tax' }),
    );
    const entities = EntityStore.create({ database });
    const inner = DefaultCostService.create({
      database,
      entities,
      statuses: { getStatuses: async () => [freshSource('fake:bill')] },
      bindings: bindings.bindings.store,
    });
    const options = {
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
    };
    const credentials = mockCredentials.user();
    const costs = AuthorizedCostService.create({ ...options, inner });
    const overviews = AuthorizedOverviewService.create({
      ...options,
      inner: DefaultOverviewService.create({ costs: inner, entities }),
    });
    return {
      database,
      shares: async (name: string, to = '2026-03-01') => {
        const answer = await costs.getCosts({
          entityRef: toEntityRef(`component:default/${name}`),
          query: parseCostQuery({
            from: '2026-02-01',
            to,
            granularity: 'month',
          }),
          credentials,
        });
        return answer.shares;
      },
      headline: async (name: string) => {
        const [{ cost }] = await overviews.getOverviews({
          entityRefs: [toEntityRef(`component:default/${name}`)],
          credentials,
        });
        return cost?.currencies[0].shared;
      },
    };
  }

  const month = { month: '2026-02', currency: 'USD' };
  const rule = { by: 'fixed', origin: 'operator', since: '2026-02-01' };

  it('say everything to who may see everything', async () => {
    const { shares, headline } = await setUp(allow);
    expect(await shares('one')).toEqual([
      {
        direction: 'kept',
        ...month,
        amount: '4',
        rule,
        weight: { part: '2', of: '10' },
        why: 'listed',
      },
      {
        direction: 'given',
        ...month,
        amount: '10',
        partner: { entityRef: 'component:default/three' },
        rule,
        weight: { part: '5', of: '10' },
      },
      {
        direction: 'given',
        ...month,
        amount: '6',
        partner: { entityRef: 'component:default/two' },
        rule,
        weight: { part: '3', of: '10' },
      },
      {
        direction: 'received',
        ...month,
        amount: '2',
        partner: { bucket: 'shared' },
        rule: {
          name: 'taxes',
          by: 'proportional',
          origin: 'operator',
          since: '2026-02-01',
        },
        weight: { part: '20', of: '30' },
      },
    ]);
    expect(await headline('three')).toEqual({
      amount: '10',
      partner: { entityRef: 'component:default/one' },
      weight: { part: '5', of: '10' },
    });
    expect(await headline('two')).toEqual({ amount: '7' });
  });

  it('say neither whose it was, nor by which weight, nor of how many, to who may not see them', async () => {
    const { shares, headline } = await setUp(ownedBy('group:default/y'));
    expect(await shares('two')).toEqual([
      { direction: 'received', ...month, amount: '7' },
    ]);
    expect(await headline('two')).toEqual({ amount: '7' });
    await expect(shares('one')).rejects.toThrow(/no entity/);
  });

  it('say of hidden parts as one that some are of the whole month', async () => {
    const { shares, database } = await setUp(ownedBy('group:default/y'));
    // Further charges, which the window leaves out.
    await database.knex('cost_partition').increment('last_day', 5);
    await database
      .knex('entity_share_monthly')
      .where({ from_entity_id: 2 })
      .update({ dated: null });
    expect(await shares('two', '2026-02-02')).toEqual([
      { direction: 'received', ...month, amount: '7', wholeMonth: true },
    ]);
  });

  it('tell the giver of those it may see, and of all others as one', async () => {
    const { shares } = await setUp(
      ownedBy('group:default/x', 'group:default/y'),
    );
    expect(
      (await shares('one'))?.map(
        ({ direction, amount, partner }) =>
          `${direction} ${amount} ${partner?.entityRef ?? '-'}`,
      ),
    ).toEqual([
      'kept 4 -',
      'given 6 component:default/two',
      'given 10 -',
      'received 2 -',
    ]);
  });
});
