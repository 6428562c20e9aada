import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Permission } from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import { EveryonePolicy } from './EveryonePolicy';
import { OwnersAndFinOpsPolicy } from './OwnersAndFinOpsPolicy';
import { OwnersOnlyPolicy } from './OwnersOnlyPolicy';

function person(...ownershipEntityRefs: string[]): PolicyQueryUser {
  const userEntityRef = ownershipEntityRefs[0];
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs },
  };
}

const ada = person('user:default/ada', 'group:default/payments');
const finn = person('user:default/finn', 'group:default/finops');
const pia = person('user:default/pia', 'group:default/platform');

const admins = ['group:default/Platform'];
const owned = (user: PolicyQueryUser) => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'plumbline',
  resourceType: 'plumbline-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'plumbline-entity',
    params: { claims: user.info.ownershipEntityRefs },
  },
});
const allowed = { result: AuthorizeResult.ALLOW };
const denied = { result: AuthorizeResult.DENY };

const policies: Record<string, PermissionPolicy> = {
  everyone: EveryonePolicy.create({ admins }),
  'owners and FinOps': OwnersAndFinOpsPolicy.create({
    admins,
    finOps: ['group:default/finops'],
  }),
  'owners only': OwnersOnlyPolicy.create({ admins }),
};

describe.each(Object.entries(policies))('%s', (_name, policy) => {
  const ask = (permission: Permission, user?: PolicyQueryUser) =>
    policy.handle({ permission }, user);

  it('denies who has no identity', async () => {
    expect(await ask(plumblineCostReadPermission)).toEqual(denied);
    expect(await ask(plumblineAdminPermission)).toEqual(denied);
  });

  it('leaves administration to the administrators', async () => {
    expect(await ask(plumblineAdminPermission, pia)).toEqual(allowed);
    expect(await ask(plumblineAdminPermission, ada)).toEqual(denied);
    expect(await ask(plumblineAdminPermission, finn)).toEqual(denied);
  });

  it('denies what is not Plumbline’s', async () => {
    const foreign = {
      type: 'basic',
      name: 'other.delete',
      attributes: {},
    } as const;
    expect(await ask(foreign, pia)).toEqual(denied);
  });
});

describe('who sees an entity', () => {
  it('everyone: each signed-in person', async () => {
    const { everyone } = policies;
    expect(
      await everyone.handle({ permission: plumblineCostReadPermission }, ada),
    ).toEqual(allowed);
  });

  it('owners only: its owners, FinOps included', async () => {
    const policy = policies['owners only'];
    for (const user of [ada, finn, pia]) {
      expect(
        await policy.handle({ permission: plumblineCostReadPermission }, user),
      ).toEqual(owned(user));
    }
  });

  it('owners and FinOps: its owners, and FinOps its cost but no more', async () => {
    const policy = policies['owners and FinOps'];
    expect(
      await policy.handle({ permission: plumblineCostReadPermission }, finn),
    ).toEqual(allowed);
    expect(
      await policy.handle({ permission: plumblineDriftReadPermission }, finn),
    ).toEqual(owned(finn));
    expect(
      await policy.handle({ permission: plumblineCostReadPermission }, ada),
    ).toEqual(owned(ada));
  });
});
