import { toEntityRef } from '../entityRef';
import { PlumblineClient } from './PlumblineClient';

describe('PlumblineClient', () => {
  const fetch = jest.fn<
    Promise<Response>,
    Parameters<typeof globalThis.fetch>
  >();
  const client = PlumblineClient.create({
    discoveryApi: { getBaseUrl: async id => `http://127.0.0.1/api/${id}` },
    fetchApi: { fetch },
  });
  const entityRef = toEntityRef('component:default/checkout');

  beforeEach(() => {
    fetch.mockReset();
    fetch.mockImplementation(async () => Response.json({ items: [] }));
  });

  it('asks for an entity by its parts, each encoded', async () => {
    await client.getOverview(toEntityRef('component:team a/c#1'));
    expect(fetch).toHaveBeenCalledWith(
      'http://127.0.0.1/api/plumbline/v1/entities/component/team%20a/c%231/overview',
      {},
    );
  });

  it('sends what the query says and nothing that it leaves out', async () => {
    await client.getCosts(entityRef, {
      from: '2026-01-01',
      to: '2026-02-01',
      environment: 'eu & us',
      basis: undefined,
    });
    expect(fetch.mock.calls[0][0]).toBe(
      'http://127.0.0.1/api/plumbline/v1/entities/component/default/checkout/costs?from=2026-01-01&to=2026-02-01&environment=eu+%26+us',
    );
  });

  it('lists budgets', async () => {
    await client.getBudgets({ state: 'over', limit: 10 });
    await client.getBudgets();
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'http://127.0.0.1/api/plumbline/v1/budgets?state=over&limit=10',
      'http://127.0.0.1/api/plumbline/v1/budgets',
    ]);
  });

  it('posts a list and hands on the signal', async () => {
    const { signal } = new AbortController();
    await expect(client.getOverviews([entityRef], { signal })).resolves.toEqual(
      { items: [] },
    );
    expect(fetch).toHaveBeenCalledWith(
      'http://127.0.0.1/api/plumbline/v1/overviews',
      expect.objectContaining({
        method: 'POST',
        body: '{"entityRefs":["component:default/checkout"]}',
        signal,
      }),
    );
  });

  it('throws what the back end answers', async () => {
    fetch.mockImplementation(async () =>
      Response.json(
        {
          error: { name: 'NotFoundError', message: 'No such entity' },
          response: { statusCode: 404 },
        },
        { status: 404 },
      ),
    );
    await expect(client.getStatus()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 404,
    });
  });
});
