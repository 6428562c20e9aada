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

  it('asks for statements in the API’s own words', async () => {
    await client.getStatement('2026-01', {
      by: 'entity',
      asOf: 'original',
      search: 'a b',
    });
    await client.getStatementLines('2026-01', { of: entityRef });
    await client.closeStatement('2026-01', { force: true, reason: 'late' });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'http://127.0.0.1/api/plumbline/v1/statements/2026-01?by=entity&search=a+b&as-of=original',
      'http://127.0.0.1/api/plumbline/v1/statements/2026-01/lines?of=component%3Adefault%2Fcheckout',
      'http://127.0.0.1/api/plumbline/v1/statements/2026-01/close',
    ]);
    expect(fetch.mock.calls[2][1]).toMatchObject({
      method: 'POST',
      body: '{"force":true,"reason":"late"}',
    });
  });

  it('gives a CSV file with the name that the back end gives it', async () => {
    fetch.mockImplementation(
      async () =>
        new Response('a,b', {
          headers: {
            'content-disposition':
              'attachment; filename="statement-2026-01-partial.csv"',
          },
        }),
    );
    const { fileName, content } = await client.getStatementCsv('2026-01');
    expect(fileName).toBe('statement-2026-01-partial.csv');
    expect(await content.text()).toBe('a,b');
    expect(fetch.mock.calls[0][0]).toBe(
      'http://127.0.0.1/api/plumbline/v1/statements/2026-01/csv',
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
