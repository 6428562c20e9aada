import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  toEntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
  plumblineRules,
} from '@plumbline/backstage-plugin-plumbline-node';
import { EntityAuthorizer } from './EntityAuthorizer';
import { NO_ENTITY } from './EntityFilter';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const ownedBy = (group: string) =>
  createPlumblineConditionalDecision(
    plumblineCostReadPermission,
    plumblineConditions.isEntityOwner({ claims: [group] }),
  );
const entity = (id: number, ownerRef: string) => ({
  id,
  ref: toEntityRef(`component:default/c${id}`),
  kind: 'component',
  ownerRef,
});
const [ofX, ofY] = [entity(1, 'group:default/x'), entity(2, 'group:default/y')];

const COST = plumblineCostReadPermission;
const DRIFT = plumblineDriftReadPermission;
const POLICY = plumblinePolicyReadPermission;

describe('EntityAuthorizer', () => {
  const user = mockCredentials.user();

  function create(decisions: Record<string, PolicyDecision>) {
    const authorizeConditional = jest.fn(
      async (queries: { permission: { name: string } }[]) =>
        queries.map(({ permission }) => decisions[permission.name] ?? deny),
    );
    const permissions = mockServices.permissions.mock({
      authorizeConditional,
      authorize: async () => [{ result: AuthorizeResult.DENY }],
    });
    return {
      authorizeConditional,
      authorizer: EntityAuthorizer.create({
        auth: mockServices.auth(),
        permissions,
        ruleset: {
          getRuleByName: name =>
            Object.values(plumblineRules).find(rule => rule.name === name) ??
            plumblineRules.isEntityOwner,
        },
      }),
    };
  }

  it('asks once for all, and tells permissions and entities apart', async () => {
    const { authorizer, authorizeConditional } = create({
      [COST.name]: ownedBy('group:default/x'),
      [DRIFT.name]: ownedBy('group:default/x'),
      [POLICY.name]: ownedBy('group:default/y'),
    });
    const rights = await authorizer.getRights([COST, DRIFT, POLICY], user);
    expect(authorizeConditional).toHaveBeenCalledTimes(1);
    expect(authorizeConditional).toHaveBeenCalledWith(
      [{ permission: COST }, { permission: DRIFT }, { permission: POLICY }],
      { credentials: user },
    );
    const allowed = [COST, DRIFT, POLICY].map(permission =>
      [ofX, ofY].map(one => rights.allows(permission, one)),
    );
    expect(allowed).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
  });

  it('says the same as a filter', async () => {
    const { authorizer } = create({
      [COST.name]: allow,
      [DRIFT.name]: ownedBy('group:default/x'),
    });
    const rights = await authorizer.getRights([COST, DRIFT], user);
    expect(rights.filter(COST)).toBeUndefined();
    const values = ['group:default/x'];
    expect(rights.filter(DRIFT)).toEqual({
      anyOf: [
        { property: 'ref', values },
        { property: 'owner_ref', values },
      ],
    });
    // Nobody asked for it.
    expect(rights.filter(POLICY)).toBe(NO_ENTITY);
    expect(rights.allows(POLICY, ofX)).toBe(false);
  });

  it.each([
    ['a service', mockCredentials.service()],
    ['nobody', mockCredentials.none()],
  ])('refuses %s without asking', async (_, credentials) => {
    const { authorizer, authorizeConditional } = create({ [COST.name]: allow });
    await expect(authorizer.getRights([COST], credentials)).rejects.toThrow(
      'Plumbline answers signed-in people only',
    );
    await expect(
      authorizer.assertAllowed(plumblineAdminPermission, credentials),
    ).rejects.toThrow('Plumbline answers signed-in people only');
    expect(authorizeConditional).not.toHaveBeenCalled();
  });

  it('names the permission that is missing', async () => {
    const { authorizer } = create({});
    await expect(
      authorizer.assertAllowed(plumblineAdminPermission, user),
    ).rejects.toThrow("You need the permission 'plumbline.admin'");
  });
});
