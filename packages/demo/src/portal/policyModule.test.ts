import { startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import { demoPolicyModule } from './policyModule';
import { demoPeople } from './people';

describe('demo policy', () => {
  let policy: PermissionPolicy;

  beforeAll(async () => {
    await startTestBackend({
      features: [demoPolicyModule],
      extensionPoints: [
        [policyExtensionPoint, { setPolicy: p => (policy = p) }],
      ],
    });
  });

  function decisionFor(
    id: string,
    permission: Parameters<PermissionPolicy['handle']>[0]['permission'],
  ) {
    const person = demoPeople.get(id);
    if (!person) {
      throw new Error(`Nobody is known as '${id}'`);
    }
    const { userEntityRef, teamEntityRef } = person;
    return policy.handle(
      { permission },
      {
        credentials: {
          $$type: '@backstage/BackstageCredentials',
          principal: {},
        },
        info: {
          userEntityRef,
          ownershipEntityRefs: [userEntityRef, teamEntityRef],
        },
      },
    );
  }

  it.each([
    ['service-owner', AuthorizeResult.CONDITIONAL],
    ['security', AuthorizeResult.CONDITIONAL],
    ['platform', AuthorizeResult.CONDITIONAL],
    ['finops', AuthorizeResult.ALLOW],
  ])('lets %s read costs: %s', async (id, result) => {
    await expect(
      decisionFor(id, plumblineCostReadPermission),
    ).resolves.toMatchObject({ result });
  });

  it('shows drift to owners only, FinOps too', async () => {
    await expect(
      decisionFor('finops', plumblineDriftReadPermission),
    ).resolves.toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        rule: 'IS_ENTITY_OWNER',
      },
    });
  });

  it('shows the state of sources to platform only', async () => {
    const results = await Promise.all(
      [...demoPeople.keys()].map(async id => [
        id,
        (await decisionFor(id, plumblineAdminPermission)).result,
      ]),
    );
    expect(Object.fromEntries(results)).toEqual({
      platform: AuthorizeResult.ALLOW,
      'service-owner': AuthorizeResult.DENY,
      finops: AuthorizeResult.DENY,
      security: AuthorizeResult.DENY,
    });
  });
});
