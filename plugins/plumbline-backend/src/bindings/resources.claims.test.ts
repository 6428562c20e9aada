import {
  BindingsFixture,
  databases,
  entity,
  lambda,
} from './__testUtils__/BindingsFixture';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'claims to resources, %s',
  databaseId => {
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

    it('selects by cost categories, all of them, and takes no tag for one', async () => {
      const fixture = await create();
      const annotation = 'aws.amazon.com/cost-insights-cost-categories';
      fixture.entities = [
        entity('Component:payments', {
          [annotation]: 'Team=payments,Stage=prod',
          'amazonaws.com/account-id': '111111111111',
        }),
        entity('Component:search', { [annotation]: 'Team' }),
      ];
      await fixture.bill(
        {
          id: 'a',
          tags: {
            'costCategory:Team': 'payments',
            'costCategory:Stage': 'prod',
          },
        },
        { id: 'b', tags: { 'costCategory:Team': 'payments' } },
        { id: 'c', tags: { Team: 'payments', Stage: 'prod' } },
        { id: '' },
      );
      await fixture.pass();
      expect(await fixture.owners()).toEqual({
        a: 'component:default/payments',
      });
      expect((await fixture.of('component:default/search')).unresolved).toEqual(
        [
          {
            annotation,
            value: 'Team',
            reason: expect.stringContaining('key=value,key=value'),
          },
        ],
      );
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
        {
          id: '2',
          tags: { app: 'a', stage: 'x', 'user:Environment': 'Stage' },
        },
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
  },
);
