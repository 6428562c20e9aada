import {
  BindingsFixture,
  databases,
  entity,
} from './__testUtils__/BindingsFixture';

jest.setTimeout(60_000);

const ONE = '111111111111';
const TWO = '222222222222';

describe.each(databases.eachSupportedId())(
  'InfraWallet’s annotations, %s',
  databaseId => {
    const create = () => BindingsFixture.create(databaseId, {});
    const reasons = async (fixture: BindingsFixture, ref: string) =>
      (await fixture.of(ref)).unresolved.map(
        ({ annotation, reason }) => `${annotation}: ${reason}`,
      );

    it('take what carries any of the tags, where ours take what carries all', async () => {
      const fixture = await create();
      fixture.entities = [
        entity('Component:theirs', {
          'infrawallet.io/provider': 'aws',
          'infrawallet.io/tags': 'service: checkout, env: prod',
        }),
        entity('Component:ours', {
          'aws.amazon.com/cost-insights-tags': 'service=search,env=stage',
        }),
      ];
      await fixture.bill(
        { id: 'i-service', tags: { service: 'checkout' } },
        { id: 'i-env', tags: { env: 'prod' } },
        { id: 'i-half', tags: { service: 'search' } },
        { id: 'i-all', tags: { service: 'search', env: 'stage' } },
        { id: 'i-azure', provider: 'Microsoft', tags: { env: 'prod' } },
      );
      await fixture.pass();
      expect(await fixture.owners()).toEqual({
        'i-service': 'component:default/theirs',
        'i-env': 'component:default/theirs',
        'i-all': 'component:default/ours',
      });
      const { bindings } = await fixture.of('component:default/theirs');
      expect(bindings[0].proofReason).toContain(
        "InfraWallet's tags one is enough",
      );
    });

    it('take tags in the named accounts only', async () => {
      const fixture = await create();
      fixture.entities = [
        entity('Component:a', {
          'infrawallet.io/account': `Production (${ONE})`,
          'infrawallet.io/tags': 'env: prod',
        }),
      ];
      await fixture.bill(
        { id: 'i-1', account: ONE, tags: { env: 'prod' } },
        { id: 'i-2', account: TWO, tags: { env: 'prod' } },
      );
      await fixture.pass();
      expect(await fixture.owners()).toEqual({ 'i-1': 'component:default/a' });
    });

    it('take the rest of accounts and projects', async () => {
      const fixture = await create();
      fixture.entities = [
        entity('Component:a', { 'infrawallet.io/account': `${ONE}, ${TWO}` }),
        entity('Component:b', {
          'infrawallet.io/provider': 'gcp',
          'infrawallet.io/project': 'acme-reco',
        }),
      ];
      await fixture.bill(
        { id: 'i-1', account: ONE },
        { id: 'i-2', account: TWO },
        { id: 'run-1', provider: 'Google Cloud', account: 'acme-reco' },
      );
      await fixture.pass();
      expect(await fixture.owners()).toEqual({
        'i-1': 'component:default/a',
        'i-2': 'component:default/a',
        'run-1': 'component:default/b',
      });
    });

    it('say nothing beside annotations that are more exact', async () => {
      const fixture = await create();
      fixture.entities = [
        entity('Component:a', {
          'infrawallet.io/account': ONE,
          'aws.amazon.com/arn': 'arn:aws:s3:::assets',
        }),
      ];
      await fixture.bill({ id: 'assets' }, { id: 'i-1', account: ONE });
      await fixture.pass();
      expect(await fixture.owners()).toEqual({
        assets: 'component:default/a',
      });
    });

    it('claim nothing where they narrow charges in ways that are not known, and say so', async () => {
      const fixture = await create();
      fixture.entities = [
        entity('Component:service', {
          'infrawallet.io/account': ONE,
          'infrawallet.io/service': 'Amazon S3',
        }),
        entity('Component:provider', { 'infrawallet.io/provider': 'aws' }),
        entity('Component:name', { 'infrawallet.io/account': 'Acme Prod' }),
        entity('Component:tag', { 'infrawallet.io/tags': 'env' }),
      ];
      await fixture.bill({ id: 'i-1', account: ONE });
      await fixture.pass();
      expect(await fixture.owners()).toEqual({});
      expect(await reasons(fixture, 'component:default/service')).toEqual([
        expect.stringContaining('service: A service is no resource'),
      ]);
      expect(await reasons(fixture, 'component:default/provider')).toEqual([
        expect.stringContaining('A whole provider'),
      ]);
      expect(await reasons(fixture, 'component:default/name')).toEqual([
        expect.stringContaining('This is a name; write the id'),
      ]);
      expect(await reasons(fixture, 'component:default/tag')).toEqual([
        expect.stringContaining('written key: value'),
      ]);
    });
  },
);
