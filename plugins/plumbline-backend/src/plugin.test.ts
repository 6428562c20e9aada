import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  PlumblineClient,
  toEntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import request from 'supertest';
import {
  allow,
  bill,
  path,
  sourceModule,
  startPlumbline,
  window,
} from './__testUtils__/startPlumbline';
import { plumblinePlugin } from './plugin';

jest.setTimeout(60_000);

describe('the plugin', () => {
  it('names the field that is wrong', async () => {
    const { server } = await startPlumbline(() => allow);
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

  it('serves its document and its permissions', async () => {
    const { server } = await startPlumbline(() => allow);
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
    const { server, auditor } = await startPlumbline(() => allow);
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
    ).rejects.toThrow(/two sources with the id 'focus:aws'/);
  });

  it('keeps to its document in every call the client makes', async () => {
    const { server } = await startPlumbline(() => allow);
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
      sources: [
        { id: 'focus:aws', title: 'The AWS bill', months: [{}, {}, {}] },
      ],
      catalog: { entities: 4, repositoryProblems: [] },
    });
    expect(await client.getCoverage({ limit: 10 })).toMatchObject({
      accounts: [],
    });
    expect(await client.getBindingSuggestions({ limit: 10 })).toMatchObject({
      items: [],
      counts: [{ confidence: 'state', count: 0 }, {}, {}],
    });
    expect(await client.previewBindingProposal(['1'])).toEqual({
      patches: [],
      byHand: [],
      gone: ['1'],
    });
    expect(await client.pauseSource('focus:aws')).toMatchObject({
      state: 'paused',
      pause: { reason: 'operator', by: 'user:default/mock' },
    });
    await expect(client.collectSource('focus:aws')).rejects.toMatchObject({
      statusCode: 409,
    });
    expect((await client.resumeSource('focus:aws')).pause).toBeUndefined();
    expect(await client.collectSource('focus:aws')).toMatchObject({
      id: 'focus:aws',
    });
    await expect(client.pauseSource('nothing')).rejects.toMatchObject({
      statusCode: 404,
    });
    await expect(
      client.getOverview(toEntityRef('component:default/missing')),
    ).rejects.toMatchObject({ statusCode: 404 });
  });
});
