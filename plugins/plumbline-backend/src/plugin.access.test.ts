import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import {
  allow,
  deny,
  ownedByPayments,
  path,
  startPlumbline,
  window,
} from './__testUtils__/startPlumbline';

jest.setTimeout(60_000);

/** What a route takes. */
function bodyOf(url: string): object {
  return url.endsWith('/preview')
    ? { suggestionIds: ['1'] }
    : { entityRefs: ['component:default/checkout'] };
}

describe('access to the plugin', () => {
  const routes: [string, 'get' | 'post', string][] = [
    ['overview', 'get', `${path}/checkout/overview`],
    ['overviews', 'post', '/api/plumbline/v1/overviews'],
    ['costs', 'get', `${path}/checkout/costs?${window}`],
    ['charges', 'get', `${path}/checkout/charges?${window}&currency=USD`],
    [
      'charges of a service',
      'get',
      `${path}/checkout/charges?${window}&currency=USD&service=Amazon+S3+(x)&resource=arn%3Aa%2Fb`,
    ],
    ['bindings', 'get', `${path}/checkout/bindings`],
    ['budgets', 'get', '/api/plumbline/v1/budgets'],
    [
      'portfolio',
      'get',
      '/api/plumbline/v1/portfolio?by=owner&from=2026-02&to=2026-03',
    ],
    ['statements', 'get', '/api/plumbline/v1/statements'],
    ['status', 'get', '/api/plumbline/v1/status'],
    ['coverage', 'get', '/api/plumbline/v1/coverage'],
    ['suggestions', 'get', '/api/plumbline/v1/binding-suggestions'],
    ['proposal', 'post', '/api/plumbline/v1/binding-proposals/preview'],
    ['pause', 'post', '/api/plumbline/v1/sources/focus%3Aaws/pause'],
    ['resume', 'post', '/api/plumbline/v1/sources/focus%3Aaws/resume'],
    ['collect', 'post', '/api/plumbline/v1/sources/focus%3Aaws/collect'],
  ];

  it('answers signed-in people only', async () => {
    const { server } = await startPlumbline(() => allow);
    for (const [, method, url] of routes) {
      const call = () =>
        request(server)
          [method](url)
          .send(method === 'post' ? bodyOf(url) : undefined);
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
    const { server } = await startPlumbline(() => ownedByPayments);
    for (const call of [
      'overview',
      `costs?${window}`,
      `charges?${window}&currency=USD`,
      'bindings',
    ]) {
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
    const { server } = await startPlumbline(() => allow, ['ledger'], false);
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
    for (const call of [
      'overview',
      `costs?${window}`,
      `charges?${window}&currency=USD`,
      'bindings',
    ]) {
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
    const { server } = await startPlumbline(name =>
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
    const { server } = await startPlumbline(() => ownedByPayments, ['ledger']);
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

  it('adds up in the portfolio what the caller may read, and shows them no bucket', async () => {
    const { server, auditor } = await startPlumbline(() => ownedByPayments);
    const url = '/api/plumbline/v1/portfolio?from=2026-02&to=2026-03&by=';
    const { status, body } = await request(server).get(`${url}system`);
    expect([status, body.error]).toEqual([200, undefined]);
    expect(body).toMatchObject({
      entities: { counted: 2, hidden: 1 },
      rows: [{ kind: 'named', key: 'system:default/shop', total: '11' }],
      totals: [{ currency: 'USD', total: '11' }],
    });
    expect(body).not.toHaveProperty('shared');
    expect(body).not.toHaveProperty('unallocated');
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'portfolio-fetch' }),
    );

    // Nobody learns whether there is an owner that the catalog does not show to them.
    const answer = async (name: string) => {
      const { text } = await request(server).get(
        `${url}entity&owner=${encodeURIComponent(`group:default/${name}`)}`,
      );
      return text.replaceAll(name, 'NAME');
    };
    expect(await answer('payments')).toContain('NotFoundError');
    expect(await answer('payments')).toBe(await answer('missing'));
    const wrong = await request(server).get(`${url}owner&sort=size`);
    expect(wrong.status).toBe(400);
  });

  it('shows the buckets to who may see everything', async () => {
    const { server } = await startPlumbline(() => allow);
    const { body } = await request(server).get(
      '/api/plumbline/v1/portfolio?by=system&from=2026-02&to=2026-03',
    );
    expect(body).toMatchObject({
      entities: { hidden: 0 },
      shared: [],
      unallocated: [],
    });
  });

  it('leaves unreadable entities out of a list', async () => {
    const { server } = await startPlumbline(() => ownedByPayments);
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

  it('shows the amounts of accounts to administrators who may read every cost', async () => {
    for (const [cost, amountsVisible] of [
      [allow, true],
      [ownedByPayments, false],
      [deny, false],
    ] as const) {
      const { server } = await startPlumbline(name =>
        name === 'plumbline.cost.read' ? cost : allow,
      );
      const { body } = await request(server).get('/api/plumbline/v1/coverage');
      expect(body).toMatchObject({ amountsVisible, accounts: [] });
    }
    const { server } = await startPlumbline(name =>
      name === 'plumbline.admin' ? deny : allow,
    );
    const { status } = await request(server).get('/api/plumbline/v1/coverage');
    expect(status).toBe(403);
  });

  it('shows the state of sources to administrators', async () => {
    const { server } = await startPlumbline(name =>
      name === 'plumbline.admin' ? deny : allow,
    );
    const { status } = await request(server).get('/api/plumbline/v1/status');
    expect(status).toBe(403);
    const list = await request(server).get(
      '/api/plumbline/v1/binding-suggestions',
    );
    expect(list.status).toBe(403);
    const preview = await request(server)
      .post('/api/plumbline/v1/binding-proposals/preview')
      .send({ suggestionIds: ['1'] });
    expect(preview.status).toBe(403);
    for (const change of ['pause', 'resume', 'collect']) {
      const answer = await request(server).post(
        `/api/plumbline/v1/sources/focus%3Aaws/${change}`,
      );
      expect([change, answer.status]).toEqual([change, 403]);
    }
  });
});
