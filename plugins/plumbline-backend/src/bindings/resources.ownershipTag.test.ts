import {
  BindingsFixture,
  databases,
  entity,
  lambda,
} from './__testUtils__/BindingsFixture';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'tags that name an owner, %s',
  databaseId => {
    const create = (plumbline = {}) =>
      BindingsFixture.create(databaseId, plumbline);

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
      expect(
        await fixture.binding('component:default/victim', id),
      ).toMatchObject({
        matchedBy: 'ownership-tag',
        proof: 'proven',
        contestedBy: ['component:default/hijacker'],
      });
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
  },
);
