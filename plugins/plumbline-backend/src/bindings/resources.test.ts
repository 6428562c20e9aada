import {
  BindingsFixture,
  databases,
  entity,
} from './__testUtils__/BindingsFixture';

const lambda = (name: string, account = '111111111111', region = 'eu-west-1') =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('resources on %s', databaseId => {
  const create = (plumbline = {}) =>
    BindingsFixture.create(databaseId, plumbline);

  it('finds resources by each kind of claim', async () => {
    const fixture = await create();
    const azure =
      '/subscriptions/AB/resourceGroups/Shop/providers/Microsoft.Web/sites/Fn';
    fixture.entities = [
      entity('Resource:queue', {
        'aws.amazon.com/arn': 'arn:aws:sqs:eu-west-1:111111111111:q',
      }),
      entity('Component:two', {
        'amazonaws.com/arn': `arn:aws:s3:::assets, ${lambda('exact')}`,
      }),
      entity('Resource:table', {
        'amazon.com/dynamo-db-table-arn':
          'arn:aws:dynamodb:eu-west-1:111111111111:table/orders',
      }),
      entity('Component:cart', {
        'aws.com/lambda-function-name': 'cart-get,cart-put',
      }),
      entity('Component:azure', { 'plumbline.dev/resource-ids': azure }),
      entity('Component:tagged', {
        'aws.amazon.com/cost-insights-tags': 'app=search,filter=a=b',
      }),
      entity('Resource:rest', { 'amazonaws.com/account-id': '111111111111' }),
    ];
    await fixture.bill(
      { id: 'arn:aws:sqs:eu-west-1:111111111111:q' },
      { id: 'assets' },
      { id: lambda('exact') },
      { id: 'arn:aws:dynamodb:eu-west-1:111111111111:table/orders' },
      { id: lambda('cart-get') },
      { id: lambda('cart-put:live') },
      {
        id: azure.toLowerCase(),
        provider: 'Microsoft',
        account: '/subscriptions/ab',
      },
      { id: 'i-1', tags: { 'user:app': 'search', filter: 'a=b' } },
      { id: 'i-2', tags: { app: 'search' } },
      { id: '' },
      { id: lambda('elsewhere', '222222222222'), account: '222222222222' },
    );
    await fixture.pass();
    expect(await fixture.owners()).toEqual({
      'arn:aws:sqs:eu-west-1:111111111111:q': 'resource:default/queue',
      assets: 'component:default/two',
      [lambda('exact')]: 'component:default/two',
      'arn:aws:dynamodb:eu-west-1:111111111111:table/orders':
        'resource:default/table',
      [lambda('cart-get')]: 'component:default/cart',
      [lambda('cart-put:live')]: 'component:default/cart',
      [azure.toLowerCase()]: 'component:default/azure',
      'i-1': 'component:default/tagged',
      'i-2': 'resource:default/rest',
      '': 'resource:default/rest',
    });
    const { unresolved } = await fixture.of('component:default/cart');
    expect(unresolved).toEqual([]);
  });

  it('keeps the case of ARNs and tags', async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:a', { 'aws.amazon.com/arn': lambda('Cart') }),
      entity('Component:b', {
        'aws.amazon.com/cost-insights-tags': 'App=search',
      }),
    ];
    await fixture.bill(
      { id: lambda('cart') },
      { id: 'x', tags: { app: 'search' } },
    );
    await fixture.pass();
    expect(await fixture.owners()).toEqual({});
    expect((await fixture.of('component:default/b')).unresolved).toEqual([
      {
        annotation: 'aws.amazon.com/cost-insights-tags',
        value: 'App=search',
        reason: expect.stringContaining('whose case counts'),
      },
    ]);
  });

  it('binds a function name in every account, each with its environment, unless region or account say where', async () => {
    const fixture = await create({
      environments: {
        accounts: { '111111111111': 'prod', '222222222222': 'dev' },
      },
    });
    fixture.entities = [
      entity('Component:everywhere', { 'aws.com/lambda-function-name': 'a' }),
      entity('Component:region', {
        'aws.com/lambda-function-name': 'b',
        'aws.com/lambda-region': 'us-east-1',
      }),
      entity('Component:account', {
        'aws.com/lambda-function-name': 'c',
        'amazonaws.com/account-id': '222222222222',
      }),
    ];
    const accounts = ['111111111111', '222222222222'];
    await fixture.bill(
      ...accounts.flatMap(account => [
        { id: lambda('a', account), account },
        { id: lambda('b', account), account },
        { id: lambda('b', account, 'us-east-1'), account },
        { id: lambda('c', account), account },
        { id: 'not-a-function', account },
      ]),
    );
    await fixture.pass();
    expect(
      (await fixture.allocation()).map(
        ({ resource, entity: ref, environment }) => [
          resource,
          ref,
          environment,
        ],
      ),
    ).toEqual([
      [lambda('a', '111111111111'), 'component:default/everywhere', 'prod'],
      [
        lambda('b', '111111111111', 'us-east-1'),
        'component:default/region',
        'prod',
      ],
      [lambda('a', '222222222222'), 'component:default/everywhere', 'dev'],
      [
        lambda('b', '222222222222', 'us-east-1'),
        'component:default/region',
        'dev',
      ],
      [lambda('c', '222222222222'), 'component:default/account', 'dev'],
    ]);
  });

  it('takes the environment from the account, then the tags, else calls it unknown', async () => {
    const fixture = await create({
      environments: {
        accounts: { '333333333333': 'prod' },
        production: ['prod'],
      },
    });
    fixture.entities = [
      entity('Component:a', { 'aws.amazon.com/cost-insights-tags': 'app=a' }),
    ];
    await fixture.bill(
      { id: '1', account: '333333333333', tags: { app: 'a', env: 'dev' } },
      { id: '2', tags: { app: 'a', stage: 'x', 'user:Environment': 'Stage' } },
      { id: '3', tags: { app: 'a' } },
    );
    await fixture.pass();
    expect((await fixture.allocation()).map(row => row.environment)).toEqual([
      'prod',
      'stage',
      'unknown',
    ]);
    expect(
      (await fixture.bindings.store.listEnvironments())
        .filter(({ production }) => production)
        .map(({ name }) => name),
    ).toEqual(['prod']);
  });

  it('gives a resource to the most specific, and lists the others', async () => {
    const id = lambda('f');
    const fixture = await create();
    fixture.entities = [
      entity('Component:by-tags', {
        'aws.amazon.com/cost-insights-tags': 'app=a',
      }),
      entity('Component:by-name', { 'aws.com/lambda-function-name': 'f' }),
      entity('Component:by-arn', { 'aws.amazon.com/arn': id }),
      entity('Resource:by-account', {
        'amazonaws.com/account-id': '111111111111',
      }),
    ];
    await fixture.bill({ id, tags: { app: 'a' } });
    await fixture.pass();
    expect(await fixture.binding('component:default/by-arn', id)).toMatchObject(
      {
        matchedBy: 'arn',
        proof: 'claimed',
        proofReason: expect.stringContaining(
          'the tag plumbline:entity=component:default/by-arn on the resource',
        ),
        contestedBy: ['component:default/by-name', 'component:default/by-tags'],
      },
    );
    expect(
      await fixture.binding('component:default/by-name', id),
    ).toMatchObject({
      proof: 'claimed',
      proofReason: expect.stringContaining(
        'component:default/by-arn has the more specific',
      ),
    });
  });

  it('settles ties: a Resource before a Component, the older before the newer, then the reference', async () => {
    const fixture = await create();
    const claim = { 'aws.amazon.com/arn': lambda('f') };
    await fixture.bill({ id: lambda('f') });
    const winner = async (...refs: string[]) => {
      fixture.entities = refs.map(ref => entity(ref, claim));
      await fixture.pass();
      return (await fixture.owners())[lambda('f')];
    };
    expect(await winner('Component:m', 'Component:n')).toBe(
      'component:default/m',
    );
    expect(await winner('Component:m', 'Component:a')).toBe(
      'component:default/m',
    );
    expect(await winner('Component:m', 'Component:a', 'Resource:z')).toBe(
      'resource:default/z',
    );
  });

  it('confirms a link by the tag on the resource, whatever else is claimed', async () => {
    const id = lambda('f');
    const fixture = await create();
    fixture.entities = [
      entity('Component:victim'),
      entity('Component:hijacker', { 'aws.amazon.com/arn': id }),
    ];
    await fixture.bill({
      id,
      tags: { 'user:plumbline:entity': 'Component:default/Victim' },
    });
    await fixture.pass();
    expect(await fixture.owners()).toEqual({
      [id]: 'component:default/victim',
    });
    expect(await fixture.binding('component:default/victim', id)).toMatchObject(
      {
        matchedBy: 'ownership-tag',
        proof: 'proven',
        contestedBy: ['component:default/hijacker'],
      },
    );
    expect(
      await fixture.binding('component:default/hijacker', id),
    ).toMatchObject({
      matchedBy: 'arn',
      proof: 'claimed',
      proofReason: expect.stringContaining('names component:default/victim'),
    });
  });

  it('takes a tag that names nobody for what it is', async () => {
    const fixture = await create({ bindings: { ownershipTag: 'owner' } });
    fixture.entities = [
      entity('Component:a', { 'plumbline.dev/resource-ids': '1,2,3' }),
    ];
    await fixture.bill(
      { id: '1', tags: { owner: 'component:default/nobody\u0000' } },
      { id: '2', tags: { owner: ':::' } },
      {
        id: '3',
        tags: { Owner: 'component:default/b', owner: 'component:default/a' },
      },
    );
    await fixture.pass();
    expect(await fixture.binding('component:default/a', '1')).toMatchObject({
      proof: 'claimed',
      proofReason: expect.stringContaining(
        "Its tag owner says 'component:default/nobody '",
      ),
    });
    expect(await fixture.binding('component:default/a', '2')).toMatchObject({
      proof: 'claimed',
    });
    expect(await fixture.binding('component:default/a', '3')).toMatchObject({
      proof: 'proven',
    });
  });

  it("puts the operator's map first, its resources before its accounts", async () => {
    const fixture = await create({
      bindings: {
        map: [
          { entity: 'component:default/a', resources: ['one'] },
          { entity: 'component:default/b', accounts: ['111111111111'] },
        ],
      },
    });
    fixture.entities = ['a', 'b', 'c'].map(name => entity(`Component:${name}`));
    const tags = { 'plumbline:entity': 'component:default/c' };
    await fixture.bill({ id: 'one', tags }, { id: 'two', tags }, { id: '' });
    await fixture.pass();
    expect(await fixture.owners()).toEqual({
      one: 'component:default/a',
      two: 'component:default/b',
      '': 'component:default/b',
    });
    expect(await fixture.binding('component:default/c', 'one')).toMatchObject({
      matchedBy: 'ownership-tag',
      proof: 'claimed',
    });
  });

  it('does not believe the tags of charges that name no resource', async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:a', { 'aws.amazon.com/cost-insights-tags': 'app=a' }),
    ];
    await fixture.bill({
      id: '',
      tags: { app: 'a', 'plumbline:entity': 'component:default/a' },
    });
    await fixture.pass();
    expect(await fixture.owners()).toEqual({});
  });

  it('says of every unreadable annotation what to do, and binds the readable rest', async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:a', {
        'aws.amazon.com/arn':
          'not-an-arn, arn:aws:sqs:eu-west-1:111111111111:q',
        'aws.com/lambda-function-name': 'ok,no way!',
        'aws.amazon.com/cost-insights-tags': 'app=a,broken',
        'plumbline.dev/resource-ids': ' , ',
        'github.com/project-slug': 'https://github.com/acme/shop',
        'backstage.io/source-location':
          'url:https://evil.example/acme/shop/tree/main/',
      }),
      entity('Component:b', { 'amazonaws.com/account-id': '1234' }),
      entity('Component:c', {
        'aws.com/lambda-function-name': 'f',
        'aws.com/lambda-region': 'Ireland',
      }),
    ];
    await fixture.bill(
      { id: 'arn:aws:sqs:eu-west-1:111111111111:q' },
      { id: lambda('ok') },
      { id: 'i-1', tags: { app: 'a' } },
    );
    await fixture.pass();
    expect(await fixture.owners()).toEqual({
      'arn:aws:sqs:eu-west-1:111111111111:q': 'component:default/a',
      [lambda('ok')]: 'component:default/a',
    });
    const values = async (ref: string) =>
      (await fixture.of(ref)).unresolved.map(({ value }) => value).sort();
    expect(await values('component:default/a')).toEqual(
      [
        'not-an-arn',
        'no way!',
        'broken',
        ' , ',
        'https://github.com/acme/shop',
        'url:https://evil.example/acme/shop/tree/main/',
      ].sort(),
    );
    expect(await values('component:default/b')).toEqual(['1234']);
    expect(await values('component:default/c')).toEqual(['Ireland']);
    expect(fixture.readUrl).not.toHaveBeenCalled();
  });

  it('takes an account beside anything that names resources for where they are', async () => {
    const fixture = await create();
    const account = { 'amazonaws.com/account-id': '111111111111' };
    const narrowing = {
      'aws.amazon.com/arn': 'arn:aws:sqs:eu-west-1:111111111111:q',
      'amazonaws.com/arn': 'not-an-arn',
      'amazon.com/dynamo-db-table-arn':
        'arn:aws:dynamodb:eu-west-1:111111111111:table/orders',
      'plumbline.dev/resource-ids': 'i-9',
      'aws.com/lambda-function-name': 'f',
      'aws.amazon.com/cost-insights-tags': 'app=a',
    };
    fixture.entities = Object.entries(narrowing).map(
      ([annotation, value], index) =>
        entity(`Resource:r${index}`, { ...account, [annotation]: value }),
    );
    await fixture.bill({ id: 'rest' }, { id: '' });
    await fixture.pass();
    expect(await fixture.owners()).toEqual({});
    // The organisation's own ARN of an account does claim it.
    fixture.entities.push(
      entity('Resource:account', {
        ...account,
        'amazonaws.com/arn':
          'arn:aws:organizations::999999999999:account/o-1/111111111111',
      }),
    );
    await fixture.pass();
    expect(await fixture.owners()).toEqual({
      rest: 'resource:default/account',
      '': 'resource:default/account',
    });
  });

  it('gives the rest of an account that 21 entities claim to none of them, and tells each', async () => {
    const fixture = await create();
    const claim = { 'amazonaws.com/account-id': '111111111111' };
    const names = Array.from(
      { length: 21 },
      (_, index) => `c${String(index).padStart(2, '0')}`,
    );
    fixture.entities = [
      entity('Component:c00', claim),
      entity('Component:named', { 'plumbline.dev/resource-ids': 'i-1' }),
    ];
    await fixture.bill({ id: 'i-1' }, { id: 'i-2' }, { id: '' });
    await fixture.pass();
    expect((await fixture.owners())['i-2']).toBe('component:default/c00');

    fixture.entities = [
      ...names.map(name => entity(`Component:${name}`, claim)),
      entity('Component:named', { 'plumbline.dev/resource-ids': 'i-1' }),
    ];
    await fixture.pass();
    expect(await fixture.owners()).toEqual({
      'i-1': 'component:default/named',
    });
    for (const name of names) {
      const binding = await fixture.binding(`component:default/${name}`, 'i-2');
      expect(binding).toMatchObject({
        matchedBy: 'account',
        proof: 'claimed',
        proofReason: expect.stringMatching(
          /and 17 more, so nobody gets it; let each name its resources, or .* plumbline\.bindings\.map/,
        ),
      });
      expect(binding.contestedBy).toEqual(
        names
          .filter(other => other !== name)
          .map(other => `component:default/${other}`),
      );
    }

    await fixture.restart({
      bindings: {
        map: [{ entity: 'component:default/c07', accounts: ['111111111111'] }],
      },
    });
    await fixture.pass();
    expect(await fixture.owners()).toEqual({
      'i-1': 'component:default/c07',
      'i-2': 'component:default/c07',
      '': 'component:default/c07',
    });
  });

  it('gives a log group that nobody names to whoever has its function', async () => {
    const log = (name: string, end = '') =>
      `arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/${name}${end}`;
    const fixture = await create();
    fixture.entities = [
      entity('Component:named', { 'aws.com/lambda-function-name': 'n,idle' }),
      entity('Component:by-arn', { 'aws.amazon.com/arn': lambda('a') }),
      entity('Component:tagged'),
      entity('Component:logs', {
        'aws.amazon.com/arn': log('own'),
        'aws.amazon.com/cost-insights-tags': 'kind=logs',
      }),
      entity('Resource:rest', { 'amazonaws.com/account-id': '111111111111' }),
    ];
    const tags = { 'plumbline:entity': 'component:default/tagged', env: 'dev' };
    await fixture.bill(
      // Log groups come before their functions, and one has none on the bill.
      { id: log('n') },
      { id: log('a', ':*') },
      { id: log('t') },
      { id: log('own') },
      { id: log('selected'), tags: { kind: 'logs' } },
      { id: log('idle') },
      { id: log('stranger') },
      { id: log('n').replace('eu-west-1', 'us-east-1') },
      { id: log('n').replace('/aws/lambda/', '/aws/other/') },
      ...['n', 'a', 'own', 'selected'].map(name => ({ id: lambda(name) })),
      { id: lambda('t:live') },
      { id: lambda('t'), tags },
    );
    await fixture.pass();
    const rows = (await fixture.allocation())
      .filter(({ resource }) => resource.includes(':logs:'))
      .map(row => [row.entity, row.matchedBy, row.environment]);
    expect(rows).toEqual([
      ['component:default/named', 'name', 'unknown'],
      ['component:default/by-arn', 'arn', 'unknown'],
      ['component:default/tagged', 'ownership-tag', 'dev'],
      ['component:default/logs', 'arn', 'unknown'],
      ['component:default/logs', 'tag-selector', 'unknown'],
      ['component:default/named', 'name', 'unknown'],
      ['resource:default/rest', 'account', 'unknown'],
      // A name without a region means every region.
      ['component:default/named', 'name', 'unknown'],
      ['resource:default/rest', 'account', 'unknown'],
    ]);
    expect(
      await fixture.binding('component:default/tagged', log('t')),
    ).toMatchObject({
      proof: 'claimed',
      proofReason: expect.stringMatching(
        /^It is the log group of the function t,/,
      ),
    });
    const version = await fixture.bindings.allocator.refresh();
    expect(await fixture.bindings.allocator.refresh()).toBe(version);
  });

  it('says how each allocation came, also by which half of the map', async () => {
    const fixture = await create({
      bindings: {
        map: [
          { entity: 'component:default/a', resources: ['one'] },
          { entity: 'component:default/a', accounts: ['222222222222'] },
        ],
      },
    });
    fixture.entities = [
      entity('Component:a'),
      entity('Component:b', { 'plumbline.dev/resource-ids': 'two' }),
      entity('Component:c', { 'amazonaws.com/account-id': '111111111111' }),
    ];
    await fixture.bill(
      { id: 'one' },
      { id: 'two' },
      { id: 'three', tags: { 'plumbline:entity': 'component:default/b' } },
      { id: 'four' },
      { id: 'five', account: '222222222222' },
    );
    await fixture.pass();
    const matched = async () =>
      (await fixture.allocation()).map(row => [row.resource, row.matchedBy]);
    expect(await matched()).toEqual([
      ['one', 'operator-map'],
      ['two', 'resource-id'],
      ['three', 'ownership-tag'],
      ['four', 'account'],
      ['five', 'account'],
    ]);
    expect(
      (await fixture.binding('component:default/a', 'five')).matchedBy,
    ).toBe('operator-map');

    // The same entity, found in another way: corrected where it stands, and costs are made anew.
    const before = await fixture.bindings.allocator.refresh();
    fixture.entities[2] = entity('Component:c', {
      'plumbline.dev/resource-ids': 'four',
    });
    await fixture.pass();
    expect((await matched())[3]).toEqual(['four', 'resource-id']);
    expect(await fixture.allocation()).toHaveLength(5);
    expect(await fixture.bindings.allocator.refresh()).toBe(before + 1);
  });
});
