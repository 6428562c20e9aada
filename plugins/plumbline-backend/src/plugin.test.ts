import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  PlumblineClient,
  toEntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
  plumblineSourcesExtensionPoint,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { CostSource } from '@plumbline/backstage-plugin-plumbline-node';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import request from 'supertest';
import { TestCosts, units } from './cost/testUtils';
import { plumblinePlugin } from './plugin';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(60_000);

const bill: CostSource = {
  id: 'focus:aws',
  title: 'The AWS bill',
  schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 } },
  paidCallsPerDay: 0,
  restatedMonths: 1,
  async *collect() {},
};

const sourceModule = (...sources: CostSource[]) =>
  createBackendModule({
    pluginId: 'plumbline',
    moduleId: 'test-source',
    register(reg) {
      reg.registerInit({
        deps: { sources: plumblineSourcesExtensionPoint },
        async init({ sources: point }) {
          sources.forEach(source => point.addCostSource(source));
        },
      });
    },
  });

const ownedByPayments: PolicyDecision = createPlumblineConditionalDecision(
  plumblineCostReadPermission,
  plumblineConditions.isEntityOwner({ claims: ['group:default/payments'] }),
);
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

const path = '/api/plumbline/v1/entities/component/default';
const window = 'from=2026-03-01&to=2026-03-21';

async function start(
  decide: (permission: string) => PolicyDecision,
  visible: string[] = ['checkout', 'ledger', 'foreign'],
  shop = true,
) {
  const knex = await databases.init('SQLITE_3');
  const costs = await TestCosts.create(knex);
  await costs.addEntities([
    {
      ref: 'component:default/checkout',
      owner: 'group:default/payments',
      system: 'system:default/shop',
      dependsOn: ['component:default/ledger'],
    },
    {
      ref: 'component:default/ledger',
      owner: 'group:default/payments',
      system: 'system:default/shop',
    },
    {
      ref: 'component:default/foreign',
      owner: 'group:default/other',
      system: 'system:default/shop',
    },
    { ref: 'system:default/shop', owner: 'group:default/payments' },
  ]);
  await costs.addSources([
    { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
  ]);
  await costs.addCosts(
    ['checkout', 'ledger', 'foreign'].map((name, index) => ({
      entity: `component:default/${name}`,
      day: '2026-03-19',
      effective: units(10 ** index),
    })),
  );
  await costs.addResource({
    id: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
    entity: 'component:default/checkout',
    costs: { '2026-03-19': units(1) },
  });
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    })),
  });
  const { server } = await startTestBackend({
    features: [
      plumblinePlugin,
      sourceModule(bill),
      catalogServiceMock.factory({
        entities: [
          ...visible.map(name => ({ kind: 'Component', name })),
          ...(shop ? [{ kind: 'System', name: 'shop' }] : []),
        ].map(({ kind, name }) => ({
          apiVersion: 'backstage.io/v1alpha1',
          kind,
          metadata: { name },
        })),
      }),
      mockServices.database.factory({ knex }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      mockServices.permissions.mock({
        authorize: async queries =>
          queries.map(({ permission }) => {
            const { result } = decide(permission.name);
            return {
              result:
                result === AuthorizeResult.ALLOW
                  ? AuthorizeResult.ALLOW
                  : AuthorizeResult.DENY,
            };
          }),
        authorizeConditional: async queries =>
          queries.map(({ permission }) => decide(permission.name)),
      }).factory,
      auditor.factory,
    ],
  });
  return { server, costs, auditor };
}

describe('the plugin', () => {
  const routes: [string, 'get' | 'post', string][] = [
    ['overview', 'get', `${path}/checkout/overview`],
    ['overviews', 'post', '/api/plumbline/v1/overviews'],
    ['costs', 'get', `${path}/checkout/costs?${window}`],
    ['bindings', 'get', `${path}/checkout/bindings`],
    ['status', 'get', '/api/plumbline/v1/status'],
  ];

  it('answers signed-in people only', async () => {
    const { server } = await start(() => allow);
    for (const [, method, url] of routes) {
      const call = () =>
        request(server)
          [method](url)
          .send(
            method === 'post'
              ? { entityRefs: ['component:default/checkout'] }
              : undefined,
          );
      expect(
        (await call().set('authorization', mockCredentials.none.header()))
          .status,
      ).toBe(401);
      const service = await call().set(
        'authorization',
        mockCredentials.service.header(),
      );
      expect([url, service.status]).toEqual([url, 403]);
      const user = await call();
      expect([url, user.status, user.body.error]).toEqual([
        url,
        200,
        undefined,
      ]);
    }
  });

  it('says the same of what is not there and of what is not the caller’s', async () => {
    const { server } = await start(() => ownedByPayments);
    for (const call of ['overview', `costs?${window}`, 'bindings']) {
      const answer = async (name: string) => {
        const { status, text } = await request(server).get(
          `${path}/${name}/${call}`,
        );
        return { status, text: text.replaceAll(name, 'NAME') };
      };
      const missing = await answer('missing');
      expect(missing.status).toBe(404);
      expect(await answer('foreign')).toEqual(missing);
      expect((await answer('checkout')).status).toBe(200);
    }
  });

  it('shows nothing of an entity that the catalog does not show to the caller', async () => {
    const { server } = await start(() => allow, ['ledger'], false);
    const answer = async (entity: string, call: string) => {
      const name = entity.split('/')[1];
      const { status, text } = await request(server).get(
        `/api/plumbline/v1/entities/${entity.replace(
          '/',
          '/default/',
        )}/${call}`,
      );
      return { status, text: text.replaceAll(name, 'NAME') };
    };
    for (const call of ['overview', `costs?${window}`, 'bindings']) {
      const missing = await answer('component/missing', call);
      expect(missing.status).toBe(404);
      expect(await answer('component/checkout', call)).toEqual(missing);
      expect((await answer('system/shop', call)).status).toBe(404);
      expect((await answer('component/ledger', call)).status).toBe(200);
    }
    const { body } = await request(server)
      .post('/api/plumbline/v1/overviews')
      .send({
        entityRefs: ['component:default/checkout', 'component:default/ledger'],
      });
    expect(
      body.items.map((item: { entityRef: string }) => item.entityRef),
    ).toEqual(['component:default/ledger']);
  });

  it('shows the domains that the caller may read, and no other', async () => {
    const { server } = await start(name =>
      name === 'plumbline.drift.read' ? ownedByPayments : deny,
    );
    const { body } = await request(server).get(`${path}/checkout/overview`);
    expect(body).toEqual({
      entityRef: 'component:default/checkout',
      scope: 'own',
      drift: {
        state: 'not-set-up',
        reason: 'No drift source is set up in this portal.',
      },
    });
    const costs = await request(server).get(`${path}/checkout/costs?${window}`);
    expect(costs.status).toBe(404);
    const { status } = await request(server).get(`${path}/foreign/overview`);
    expect(status).toBe(404);
  });

  it('adds up only what the caller may read, and names only what the catalog shows', async () => {
    const { server } = await start(() => ownedByPayments, ['ledger']);
    const { body } = await request(server).get(
      `/api/plumbline/v1/entities/system/default/shop/costs?${window}`,
    );
    expect(body).toMatchObject({
      scope: 'rollup',
      members: { counted: 2, hidden: 1 },
      currencies: [{ currency: 'USD', total: '11' }],
    });
    expect(body.parts).toEqual([
      { entityRef: 'component:default/ledger', currency: 'USD', total: '10' },
    ]);
  });

  it('leaves unreadable entities out of a list', async () => {
    const { server } = await start(() => ownedByPayments);
    const { body } = await request(server)
      .post('/api/plumbline/v1/overviews')
      .send({
        entityRefs: [
          'component:default/missing',
          'component:default/ledger',
          'component:default/foreign',
          'system:default/shop',
        ],
      });
    expect(
      body.items.map((item: { entityRef: string }) => item.entityRef),
    ).toEqual(['component:default/ledger', 'system:default/shop']);
    expect(body.items[1].cost.members).toEqual({ counted: 2, hidden: 1 });
  });

  it('names the field that is wrong', async () => {
    const { server } = await start(() => allow);
    const costs = `${path}/checkout/costs`;
    for (const [url, field] of [
      [`${costs}?${window}&colour=red`, 'colour'],
      [`${costs}?from=yesterday&to=2026-03-01`, 'from'],
      [`${costs}?from=2026-03-01`, 'to'],
      [`${costs}?from=2026-02-30&to=2026-03-02`, 'from'],
      [`${costs}?from=2020-01-01&to=2026-03-02`, '800 days'],
      [`${costs}?${window}&groupBy=mood`, 'groupBy'],
      [`${costs}?from=2026-03-01&from=2026-03-02&to=2026-03-04`, 'from'],
      [`${path}/checkout/bindings?limit=0`, 'limit'],
      [`${path}/checkout/bindings?cursor=nonsense`, 'cursor'],
      [`${path}/checkout/bindings?cursor=resource:99999999999`, 'cursor'],
      [`${costs}?from=0001-01-01&to=0001-01-02`, 'from'],
      [`${costs}?from=2199-12-31&to=2200-01-01`, 'to'],
      [`${path}/check%00out/costs?${window}`, 'control character'],
      [`${path}/check%00out/overview`, 'control character'],
      [`${path}/checkout%0a/bindings`, 'control character'],
    ]) {
      const { status, body } = await request(server).get(url);
      expect([url, status]).toEqual([url, 400]);
      expect(body.error.message).toContain(field);
    }
    const many = await request(server)
      .post('/api/plumbline/v1/overviews')
      .send({ entityRefs: new Array(201).fill('component:default/a') });
    expect(many.status).toBe(400);
    expect(many.body.error.message).toContain('entityRefs');
  });

  it('shows the state of sources to administrators', async () => {
    const { server } = await start(name =>
      name === 'plumbline.admin' ? deny : allow,
    );
    const { status } = await request(server).get('/api/plumbline/v1/status');
    expect(status).toBe(403);
  });

  it('serves its document and its permissions', async () => {
    const { server } = await start(() => allow);
    const document = await request(server).get('/api/plumbline/openapi.json');
    expect(Object.keys(document.body.paths)).toContain(
      '/api/plumbline/v1/overviews',
    );
    const metadata = await request(server).get(
      '/api/plumbline/.well-known/backstage/permissions/metadata',
    );
    expect(
      metadata.body.rules.map((rule: { name: string }) => rule.name).sort(),
    ).toEqual(['IN_DOMAIN', 'IN_SYSTEM', 'IS_ENTITY_OWNER']);
    const applied = await request(server)
      .post('/api/plumbline/.well-known/backstage/permissions/apply-conditions')
      .set('authorization', mockCredentials.service.header())
      .send({
        items: ['checkout', 'foreign', 'missing'].map(name => ({
          id: name,
          resourceRef: `component:default/${name}`,
          resourceType: 'plumbline-entity',
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            resourceType: 'plumbline-entity',
            params: { claims: ['group:default/payments'] },
          },
        })),
      });
    expect(
      applied.body.items.map((item: { result: string }) => item.result),
    ).toEqual(['ALLOW', 'DENY', 'DENY']);
  });

  it('writes down who looked', async () => {
    const { server, auditor } = await start(() => allow);
    await request(server).get(`${path}/checkout/costs?${window}`);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'costs-fetch',
        meta: { entityRef: 'component:default/checkout' },
      }),
    );
  });

  it('refuses two sources of one id', async () => {
    await expect(
      startTestBackend({
        features: [
          plumblinePlugin,
          sourceModule(bill, bill),
          catalogServiceMock.factory(),
        ],
      }),
    ).rejects.toThrow(/two cost sources with the id 'focus:aws'/);
  });

  it('keeps to its document in every call the client makes', async () => {
    const { server } = await start(() => allow);
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const client = PlumblineClient.create({
      discoveryApi: {
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      },
      fetchApi: {
        fetch: (input, init) =>
          fetch(input, {
            ...init,
            headers: {
              ...init?.headers,
              authorization: mockCredentials.user.header(),
            },
          }),
      },
    });
    const checkout = toEntityRef('component:default/checkout');
    const overview = await client.getOverview(checkout);
    expect(overview.cost?.currencies).toMatchObject([{ monthToDate: '1' }]);
    expect(await client.getOverviews([checkout])).toEqual({
      items: [overview],
    });
    for (const groupBy of [
      'service',
      'resource',
      'environment',
      'none',
    ] as const) {
      for (const granularity of ['day', 'month'] as const) {
        for (const scope of ['own', 'with-dependencies'] as const) {
          const costs = await client.getCosts(checkout, {
            from: '2026-02-15',
            to: '2026-03-25',
            groupBy,
            granularity,
            scope,
            basis: 'billed',
          });
          expect(costs).toMatchObject({
            groupBy,
            granularity,
            scope,
            currencies: [{ total: scope === 'own' ? '1' : '11' }],
          });
        }
      }
    }
    expect(
      await client.getCosts(checkout, {
        from: '2026-03-01',
        to: '2026-04-01',
        environment: 'nowhere',
      }),
    ).toMatchObject({ environment: 'nowhere', currencies: [] });
    expect(
      (await client.getBindings(checkout, { limit: 1 })).bindings,
    ).toHaveLength(1);
    expect(await client.getStatus()).toMatchObject({
      sources: [{ id: 'focus:aws', title: 'The AWS bill' }],
      catalog: { entities: 4 },
    });
    await expect(
      client.getOverview(toEntityRef('component:default/missing')),
    ).rejects.toMatchObject({ statusCode: 404 });
  });
});
