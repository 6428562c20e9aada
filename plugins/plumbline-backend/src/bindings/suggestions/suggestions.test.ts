import {
  BindingsFixture,
  databases,
  entity,
  lambda,
  readFrom,
} from '../__testUtils__/BindingsFixture';
import { dayOfInstant } from '../../database';
import { SuggestionStore } from './SuggestionStore';

jest.setTimeout(60_000);

const shop = 'https://github.com/acme/shop/blob/main';
const stateUrl = 'https://github.com/acme/states/blob/main/checkout.tfstate';

/** A state file that manages these functions. */
function stateOf(...names: string[]): string {
  return JSON.stringify({
    version: 4,
    outputs: { secret: { value: 'hunter2' } },
    resources: names.map(name => ({
      mode: 'managed',
      type: 'aws_lambda_function',
      name: name.replaceAll('-', '_'),
      instances: [
        { attributes: { arn: lambda(name), id: name, source: 'hunter2' } },
      ],
    })),
  });
}

describe.each(databases.eachSupportedId())('suggestions on %s', databaseId => {
  async function setUp(plumbline = {}) {
    const fixture = await BindingsFixture.create(databaseId, plumbline);
    const store = SuggestionStore.create({ database: fixture.database });
    const list = async (byCost = true) =>
      (await store.list({}, { offset: 0, limit: 100, byCost })).map(
        suggestion => ({
          resource: suggestion.resource.id.split(':').pop(),
          entity: suggestion.entityRef,
          confidence: suggestion.confidence,
          ambiguous: suggestion.ambiguous,
        }),
      );
    return { fixture, store, list };
  }

  it('suggests by state before tag before name, and only what nobody has', async () => {
    const { fixture, store, list } = await setUp({
      bindings: {
        states: [
          {
            name: 'checkout-prod',
            url: stateUrl,
            code: {
              url: 'https://github.com/acme/shop',
              path: 'services/checkout/infra',
            },
          },
        ],
      },
    });
    fixture.files.set(stateUrl, stateOf('handler', 'taken'));
    fixture.entities = [
      entity(
        'Component:checkout',
        readFrom(`${shop}/services/checkout/catalog-info.yaml`),
      ),
      entity('Component:search', {
        'aws.amazon.com/arn': lambda('taken'),
        ...readFrom(`${shop}/services/search/catalog-info.yaml`),
      }),
    ];
    await fixture.bill(
      { id: lambda('handler'), tags: { service: 'search' } },
      { id: lambda('taken') },
      { id: lambda('checkout-x'), tags: { 'user:service': 'search' } },
      { id: lambda('search-prod') },
      { id: lambda('nobody') },
      { id: '' },
    );
    await fixture.pass();
    await fixture.compare();
    expect(await list()).toEqual([
      {
        resource: 'handler',
        entity: 'component:default/checkout',
        confidence: 'state',
        ambiguous: false,
      },
      {
        resource: 'checkout-x',
        entity: 'component:default/search',
        confidence: 'tag',
        ambiguous: false,
      },
      {
        resource: 'search-prod',
        entity: 'component:default/search',
        confidence: 'name',
        ambiguous: false,
      },
    ]);
    const [first] = await store.list(
      {},
      { offset: 0, limit: 1, byCost: false },
    );
    expect(first).toMatchObject({
      reason:
        'The state checkout-prod manages it as aws_lambda_function.handler, and its code, in services/checkout/infra of acme/shop, is confirmed as this entity’s.',
      annotation: { key: 'aws.amazon.com/arn', value: lambda('handler') },
    });
    expect(first).not.toHaveProperty('costs');
    expect(await store.getFacets()).toMatchObject({
      counts: [
        { confidence: 'state', count: 1 },
        { confidence: 'tag', count: 1 },
        { confidence: 'name', count: 1 },
      ],
      accounts: [{ accountId: '111111111111', count: 3 }],
      comparedAt: fixture.now.toISOString(),
    });
    expect(
      await store.list(
        { confidence: 'tag', account: '111111111111' },
        { offset: 0, limit: 9, byCost: true },
      ),
    ).toHaveLength(1);
    expect(
      await store.list(
        { account: '999999999999' },
        { offset: 0, limit: 9, byCost: true },
      ),
    ).toEqual([]);
    // Nothing else of the state was kept.
    for (const table of [
      'iac_state',
      'iac_state_resource',
      'binding_suggestion',
    ]) {
      expect(JSON.stringify(await fixture.database.knex(table))).not.toContain(
        'hunter2',
      );
    }
  });

  it('believes a state only where its code is confirmed, or the operator says whose it is', async () => {
    const { fixture, list } = await setUp({
      bindings: {
        centralCatalogs: ['https://github.com/acme/catalog'],
        states: [
          {
            name: 'one',
            url: stateUrl,
            code: { url: 'https://github.com/acme/infra' },
          },
        ],
      },
    });
    fixture.files.set(stateUrl, stateOf('handler'));
    fixture.entities = [
      // Says itself that it is its code: a claim, and no proof.
      entity('Component:hijacker', {
        ...readFrom(
          'https://github.com/acme/catalog/blob/main/all.yaml',
          'https://github.com/acme/infra/tree/main/',
        ),
      }),
    ];
    await fixture.bill({ id: lambda('handler') });
    await fixture.pass();
    await fixture.compare();
    expect(await list()).toEqual([]);

    await fixture.restart({
      bindings: {
        states: [{ name: 'one', url: stateUrl, entity: 'component:hijacker' }],
      },
    });
    await fixture.pass();
    await fixture.compare();
    expect(await list()).toMatchObject([
      { entity: 'component:default/hijacker', confidence: 'state' },
    ]);
  });

  it('marks those that are as likely as others, and forgets what no longer fits', async () => {
    const { fixture, store, list } = await setUp();
    fixture.entities = [entity('Component:search'), entity('Resource:search')];
    await fixture.bill(
      { id: lambda('search-prod') },
      { id: lambda('search-dev') },
    );
    await fixture.pass();
    await fixture.compare();
    expect(await list()).toHaveLength(4);
    expect((await list()).every(({ ambiguous }) => ambiguous)).toBe(true);
    const before = await store.list({}, { offset: 0, limit: 9, byCost: true });

    fixture.entities = [
      entity('Component:search', {
        'aws.amazon.com/arn': lambda('search-dev'),
      }),
    ];
    await fixture.pass();
    // What has an entity now is gone at once …
    expect(await list()).toHaveLength(1);
    await fixture.compare();
    // … and what stays keeps its id.
    const after = await store.list({}, { offset: 0, limit: 9, byCost: true });
    expect(after).toMatchObject([{ ambiguous: false }]);
    expect(before.map(({ id }) => id)).toContain(after[0].id);
    expect(await fixture.database.knex('binding_suggestion')).toHaveLength(1);
    expect(await store.getByIds([Number(after[0].id), 999])).toHaveLength(1);
  });

  it('goes on where it was stopped', async () => {
    const { fixture, list } = await setUp();
    fixture.entities = [entity('Component:search')];
    await fixture.bill(
      ...Array.from({ length: 1_500 }, (_, n) => ({
        id: lambda(`search-${n}`),
      })),
    );
    await fixture.pass();
    const controller = new AbortController();
    let pages = 0;
    const { breathe } = fixture.database;
    const spy = jest
      .spyOn(fixture.database, 'breathe')
      .mockImplementation(async () => {
        pages += 1;
        // Each page is written, then its place noted: the second rest is the end of the first page.
        if (pages === 2) {
          controller.abort();
        }
        await breathe.call(fixture.database);
      });
    await expect(fixture.compare(controller.signal)).rejects.toThrow();
    spy.mockRestore();
    expect(await fixture.database.knex('binding_suggestion')).toHaveLength(
      1_000,
    );
    await fixture.compare();
    expect(await fixture.database.knex('binding_suggestion')).toHaveLength(
      1_500,
    );
    expect(await list()).toHaveLength(100);
    const passes = await fixture.database
      .knex('binding_suggestion')
      .distinct('pass');
    expect(passes).toHaveLength(1);
  });

  it('puts the dearest first for who may know, and tells nothing by its order to the others', async () => {
    const { fixture, store } = await setUp();
    fixture.entities = [entity('Component:search')];
    await fixture.bill(
      { id: lambda('search-cheap') },
      { id: lambda('search-dear') },
    );
    await costs(fixture, { 'search-cheap': 2n, 'search-dear': 3_000n });
    await fixture.pass();
    await fixture.compare();
    const names = async (byCost: boolean) =>
      (await store.list({}, { offset: 0, limit: 9, byCost })).map(
        ({ resource, costs: amounts }) => [
          resource.id.split('search-').pop(),
          amounts,
        ],
      );
    expect(await names(true)).toEqual([
      ['dear', [{ currency: 'USD', amount: '3000' }]],
      ['cheap', [{ currency: 'USD', amount: '2' }]],
    ]);
    expect(await names(false)).toEqual([
      ['cheap', undefined],
      ['dear', undefined],
    ]);
  });

  it('keeps what a state said while it cannot be read, and says so', async () => {
    const { fixture, list } = await setUp({
      bindings: {
        states: [{ name: 'one', url: stateUrl, entity: 'component:shop' }],
      },
    });
    const status = async () =>
      fixture.database.knex('iac_state').first('problem', 'resources');
    fixture.entities = [entity('Component:shop')];
    await fixture.bill({ id: lambda('handler') });
    fixture.files.set(stateUrl, stateOf('handler'));
    await fixture.pass();
    fixture.nextDay();
    fixture.files.set(stateUrl, new Error('token ghp_hunter2 is bad'));
    await fixture.pass();
    await fixture.compare();
    expect(await list()).toHaveLength(1);
    expect(await status()).toMatchObject({ resources: 1 });
    expect((await status())?.problem).toMatch(/could not be read/);
    expect((await status())?.problem).not.toContain('hunter2');

    fixture.nextDay();
    fixture.files.set(stateUrl, '{"hunter2');
    await fixture.pass();
    expect((await status())?.problem).toMatch(/'one' is no JSON/);

    await fixture.restart({});
    await fixture.pass();
    expect(await status()).toBeUndefined();
    await fixture.compare();
    expect(await list()).toEqual([]);
  });
});

/** Lets functions cost so many dollars yesterday. */
async function costs(
  { database, now }: BindingsFixture,
  amounts: Record<string, bigint>,
) {
  const { knex } = database;
  const insert = async (table: string, row: object): Promise<number> => {
    const [{ id }] = await knex(table).insert(row).returning('id');
    return id;
  };
  const day = dayOfInstant(now) - 1;
  const source = await insert('source', { source_id: 'bill', domain: 'cost' });
  const partition = await insert('cost_partition', {
    source_id: source,
    month: '2026-03',
    data_through: day,
    first_day: day,
    last_day: day,
  });
  const generation = await insert('generation', {
    partition_id: partition,
    ticket: 'test',
    created_at: now,
  });
  await knex('cost_partition').update({ resource_generation: generation });
  const currency = await insert('currency', { code: 'USD' });
  for (const [name, units] of Object.entries(amounts)) {
    const { id } = await knex('resource')
      .where({ native_id: lambda(name) })
      .first('id');
    await knex('resource_cost_daily').insert({
      generation_id: generation,
      resource_id: id,
      day,
      service_id: 1,
      currency_id: currency,
      charge_kind_id: 1,
      effective: `${units}000000000`,
      billed: '0',
    });
  }
}
