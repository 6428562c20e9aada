import {
  BindingsFixture,
  databases,
  entity,
  lambda,
} from './__testUtils__/BindingsFixture';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'who gets a resource, %s',
  databaseId => {
    const create = (plumbline = {}) =>
      BindingsFixture.create(databaseId, plumbline);

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
      expect(
        await fixture.binding('component:default/by-arn', id),
      ).toMatchObject({
        matchedBy: 'arn',
        proof: 'claimed',
        proofReason: expect.stringContaining(
          'the tag plumbline:entity=component:default/by-arn on the resource',
        ),
        contestedBy: ['component:default/by-name', 'component:default/by-tags'],
      });
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

    it("puts the operator's map first, its resources before its accounts", async () => {
      const fixture = await create({
        bindings: {
          map: [
            { entity: 'component:default/a', resources: ['one'] },
            { entity: 'component:default/b', accounts: ['111111111111'] },
          ],
        },
      });
      fixture.entities = ['a', 'b', 'c'].map(name =>
        entity(`Component:${name}`),
      );
      const tags = { 'plumbline:entity': 'component:default/c' };
      await fixture.bill({ id: 'one', tags }, { id: 'two', tags }, { id: '' });
      await fixture.pass();
      expect(await fixture.owners()).toEqual({
        one: 'component:default/a',
        two: 'component:default/b',
        '': 'component:default/b',
      });
      expect(await fixture.binding('component:default/c', 'one')).toMatchObject(
        {
          matchedBy: 'ownership-tag',
          proof: 'claimed',
        },
      );
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
        const binding = await fixture.binding(
          `component:default/${name}`,
          'i-2',
        );
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
          map: [
            { entity: 'component:default/c07', accounts: ['111111111111'] },
          ],
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
      const tags = {
        'plumbline:entity': 'component:default/tagged',
        env: 'dev',
      };
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
  },
);
