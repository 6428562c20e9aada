import {
  mockCredentials,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { ClaimProposal } from '@plumbline/backstage-plugin-plumbline-common';
import { parseClaimProposal } from '../../../api/request';
import { testDatabases } from '../../../collect/__testUtils__/collecting';
import { firstDayOfMonth } from '../../../database';
import {
  EntityStore,
  type CatalogNames,
  type EntityAuthorizer,
  type EntityRecord,
} from '../../../permissions';
import {
  BucketFixture,
  resources,
  usage,
} from '../__testUtils__/BucketFixture';
import { AuthorizedClaimService } from './AuthorizedClaimService';
import { ClaimSettler } from './ClaimSettler';
import { ClaimStore } from './ClaimStore';
import { DefaultClaimService } from './DefaultClaimService';

jest.setTimeout(120_000);

const first = firstDayOfMonth('2026-02');
const entityRef = 'component:default/one';
const days = { from: '2026-02-01', to: '2026-03-01' };

/** Who the people of these tests are. */
const people = {
  ada: { groups: ['group:default/ours'], admin: false, reads: true },
  bob: { groups: ['group:default/others'], admin: false, reads: true },
  eve: { groups: ['group:default/ours'], admin: false, reads: false },
  root: { groups: [], admin: true, reads: true },
};
type PersonName = keyof typeof people;

async function setUp(databaseId: TestDatabaseId) {
  const fixture = await BucketFixture.create(databaseId);
  const { database } = fixture;
  await fixture.collect({
    '2026-02': [0, 1, 2, 3, 4].map(index => usage(index, first, 1)),
  });
  await database.knex('entity').insert([
    {
      ref: entityRef,
      kind: 'component',
      owner_ref: 'group:default/ours',
      first_seen_at: new Date(0),
    },
    { ref: 'system:default/all', kind: 'system', first_seen_at: new Date(0) },
  ]);
  const nameOf = (credentials: unknown) =>
    (
      credentials as { principal: { userEntityRef: string } }
    ).principal.userEntityRef.split('/')[1] as PersonName;
  const authorizer: Pick<EntityAuthorizer, 'getRights' | 'isAllowed'> = {
    getRights: async (_, credentials) => ({
      allows: (_permission, entity: EntityRecord) =>
        people[nameOf(credentials)].reads || entity.kind !== 'bucket',
      filter: () => undefined,
    }),
    isAllowed: async (_, credentials) => people[nameOf(credentials)].admin,
  };
  const names: Pick<CatalogNames, 'getVisible'> = {
    getVisible: async refs => new Set(refs),
  };
  const store = ClaimStore.create({ database });
  const service = AuthorizedClaimService.create({
    inner: DefaultClaimService.create({
      database,
      ownershipTag: 'plumbline:entity',
    }),
    authorizer: authorizer as EntityAuthorizer,
    entities: EntityStore.create({ database }),
    names: names as CatalogNames,
    userInfo: {
      getUserInfo: async credentials => ({
        userEntityRef: `user:default/${nameOf(credentials)}`,
        ownershipEntityRefs: people[nameOf(credentials)].groups,
      }),
    },
  });
  const as = (person: PersonName) => {
    const credentials = mockCredentials.user(`user:default/${person}`);
    return {
      propose: (change: Partial<ClaimProposal> & { entityRef?: never } = {}) =>
        service.propose({
          proposal: parseClaimProposal({ entityRef, ...days, ...change }),
          credentials,
        }),
      proposeFor: async (ref: string) =>
        service.propose({
          proposal: parseClaimProposal({
            ...days,
            entityRef: ref,
            resourceIds: [String(await fixture.resourceId(0))],
          }),
          credentials,
        }),
      list: async (state?: 'open' | 'done') =>
        (
          await service.list({ page: { limit: 10, state }, credentials })
        ).items.map(({ id, state: found }) => `${id} ${found}`),
      take: (id: string, to: 'accepted' | 'declined' | 'withdrawn') =>
        service.take({ step: { id: Number(id), to }, credentials }),
    };
  };
  const idsOf = async (...indexes: number[]) => {
    const ids: string[] = [];
    for (const index of indexes) {
      ids.push(String(await fixture.resourceId(index)));
    }
    return ids;
  };
  /** Claims of others that were there before, for the entity. */
  const addOpen = async (person: string, count: number) => {
    const { id } = await database
      .knex('entity')
      .where({ ref: entityRef })
      .first('id');
    await database.knex('claim').insert(
      Array.from({ length: count }, () => ({
        entity_id: id,
        proposed_by: `user:default/${person}`,
        proposed_at: new Date(0),
        state: 'open',
      })),
    );
  };
  return {
    fixture,
    as,
    idsOf,
    addOpen,
    settle: () => ClaimSettler.create({ store }).settle(),
  };
}

describe.each(testDatabases.eachSupportedId())('claims on %s', databaseId => {
  it('say what would make them so, and are proposed once', async () => {
    const { as, idsOf } = await setUp(databaseId);
    const resourceIds = await idsOf(0, 1);
    const claim = await as('ada').propose({ resourceIds, note: 'Ours.' });
    expect(claim).toMatchObject({
      entityRef,
      state: 'open',
      proposedBy: 'user:default/ada',
      note: 'Ours.',
      resourceCount: 2,
      boundCount: 0,
      may: { withdraw: true, decide: false },
      events: [{ state: 'open', by: 'user:default/ada' }],
      instructions: {
        tag: { key: 'plumbline:entity', value: entityRef },
        annotation: {
          key: 'plumbline.dev/resource-ids',
          value: `${resources[0].resourceId}, ${resources[1].resourceId}`,
        },
      },
    });
    const again = await as('root').propose({
      resourceIds: [...resourceIds].reverse(),
    });
    expect(again.id).toBe(claim.id);
    expect(again.may).toEqual({ withdraw: false, decide: true });
  });

  it('take what filters match, with the annotation that selects no more', async () => {
    const { as } = await setUp(databaseId);
    const byTag = await as('ada').propose({ filters: { tag: 'team=x' } });
    expect(byTag.resources.map(({ id }) => id)).toEqual([
      resources[0].resourceId,
    ]);
    expect(byTag.instructions?.annotation).toEqual({
      key: 'aws.amazon.com/cost-insights-tags',
      value: 'team=x',
    });
    // Charges that name no resource have no id to write down.
    const byAccount = await as('ada').propose({ filters: { account: '2' } });
    expect(byAccount.resourceCount).toBe(3);
    expect(byAccount.instructions?.annotation).toBeUndefined();
  });

  it('are refused for what somebody has, or what is not there', async () => {
    const { as, idsOf, fixture } = await setUp(databaseId);
    await fixture.allocate(1);
    await fixture.rebuild();
    const message = /Not all of these resources are unallocated now/;
    await expect(
      as('ada').propose({ resourceIds: await idsOf(0, 1) }),
    ).rejects.toThrow(message);
    await expect(
      as('ada').propose({ resourceIds: ['424242'] }),
    ).rejects.toThrow(message);
    await expect(
      as('ada').propose({ filters: { tag: 'team=nobody' } }),
    ).rejects.toThrow(message);
  });

  it('are for those who see the bucket and own the entity, or administer', async () => {
    const { as, idsOf } = await setUp(databaseId);
    const resourceIds = await idsOf(0);
    await expect(as('eve').propose({ resourceIds })).rejects.toThrow(
      'There is nothing here that you may see',
    );
    await expect(as('bob').propose({ resourceIds })).rejects.toThrow(
      NotAllowedError,
    );
    await expect(
      as('ada').proposeFor('component:default/none'),
    ).rejects.toThrow(/There is no entity/);
    await expect(as('root').proposeFor('system:default/all')).rejects.toThrow(
      /has no cost of its own/,
    );
    const { id } = await as('root').propose({ resourceIds });
    // An owner sees what is proposed for the entity, others don't.
    expect(await as('ada').list()).toEqual([`${id} open`]);
    expect(await as('bob').list()).toEqual([]);
    await expect(as('bob').take(id, 'withdrawn')).rejects.toThrow(
      `There is no claim '${id}' that you may see`,
    );
  });

  it('are withdrawn by their author and decided by administrators, once', async () => {
    const { as, idsOf } = await setUp(databaseId);
    const one = await as('ada').propose({ resourceIds: await idsOf(0) });
    const two = await as('ada').propose({ resourceIds: await idsOf(1) });
    await expect(as('ada').take(one.id, 'accepted')).rejects.toThrow(
      NotAllowedError,
    );
    await expect(as('root').take(one.id, 'withdrawn')).rejects.toThrow(
      NotAllowedError,
    );
    expect(await as('root').take(one.id, 'accepted')).toMatchObject({
      state: 'accepted',
      events: [
        { state: 'open' },
        { state: 'accepted', by: 'user:default/root' },
      ],
    });
    await expect(as('root').take(one.id, 'accepted')).rejects.toThrow(
      ConflictError,
    );
    const withdrawn = await as('ada').take(two.id, 'withdrawn');
    expect(withdrawn.state).toBe('withdrawn');
    expect(withdrawn.instructions).toBeUndefined();
    await expect(as('root').take(two.id, 'declined')).rejects.toThrow(
      ConflictError,
    );
    expect(await as('ada').list('open')).toEqual([]);
    // What has ended may be proposed anew.
    const three = await as('ada').propose({ resourceIds: await idsOf(1) });
    expect(three.id).not.toBe(two.id);
  });

  it('are decided by somebody else than their author', async () => {
    const { as, idsOf } = await setUp(databaseId);
    const own = await as('root').propose({ resourceIds: await idsOf(0) });
    expect(own.may).toEqual({ withdraw: true, decide: false });
    for (const decision of ['accepted', 'declined'] as const) {
      await expect(as('root').take(own.id, decision)).rejects.toThrow(
        'Nobody decides on a claim of their own; ask another administrator, or withdraw it',
      );
    }
    expect(await as('ada').list()).toEqual([`${own.id} open`]);
    expect((await as('root').take(own.id, 'withdrawn')).state).toBe(
      'withdrawn',
    );
  });

  it('are fifty of a person and two hundred for an entity, while they wait', async () => {
    const { as, idsOf, addOpen } = await setUp(databaseId);
    const [one, two, three] = await idsOf(0, 1, 2);
    await addOpen('ada', 49);
    const last = await as('ada').propose({ resourceIds: [one] });
    const message = /50 claims of yours wait for a decision.*withdraw some/;
    const more = { resourceIds: [two] };
    await expect(as('ada').propose(more)).rejects.toThrow(message);
    await expect(as('ada').propose(more)).rejects.toThrow(ConflictError);
    // What was refused left nothing behind, and the same claim is still found.
    expect((await as('ada').propose({ resourceIds: [one] })).id).toBe(last.id);
    await as('root').take(last.id, 'accepted');
    await as('ada').propose(more);
    await addOpen('cid', 149);
    await addOpen('dan', 1);
    await expect(as('root').propose({ resourceIds: [three] })).rejects.toThrow(
      /200 claims for this entity wait for a decision/,
    );
  });

  it('are done when the resources belong to the entity, superseded when to another', async () => {
    const { as, idsOf, settle, fixture } = await setUp(databaseId);
    const ours = await as('ada').propose({ resourceIds: await idsOf(0, 1) });
    const theirs = await as('ada').propose({ resourceIds: await idsOf(2) });
    await as('root').take(ours.id, 'accepted');
    await fixture.allocate(0);
    await settle();
    expect(await as('ada').list()).toEqual([
      `${theirs.id} open`,
      `${ours.id} accepted`,
    ]);
    await fixture.allocate(1);
    await fixture.allocate(2, {}, 'component:default/two');
    await settle();
    expect(await as('ada').list()).toEqual([
      `${theirs.id} superseded`,
      `${ours.id} done`,
    ]);
    const history = await fixture.database
      .knex('claim_event')
      .where({ claim_id: Number(ours.id) })
      .orderBy('id')
      .select('state', 'actor');
    expect(history).toEqual([
      { state: 'open', actor: 'user:default/ada' },
      { state: 'accepted', actor: 'user:default/root' },
      { state: 'done', actor: null },
    ]);
  });
});
