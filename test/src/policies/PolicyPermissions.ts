import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { demoPeople } from '@plumbline/demo';

/**
 * The permission service, answered by a policy about the demo's people and their teams; the policy can be
 * exchanged. Conditions go to Plumbline, which applies them.
 */
export class PolicyPermissions implements PermissionsService {
  constructor(public policy: PermissionPolicy) {}

  authorize: PermissionsService['authorize'] = async (requests, options) =>
    Promise.all(
      requests.map(async ({ permission }) => {
        const decision = await this.decide(permission, options?.credentials);
        if (decision.result === AuthorizeResult.CONDITIONAL) {
          throw new Error(
            `${permission.name} is decided by conditions, and was asked for without`,
          );
        }
        return decision;
      }),
    );

  authorizeConditional: PermissionsService['authorizeConditional'] = async (
    requests,
    options,
  ) =>
    Promise.all(
      requests.map(({ permission }) =>
        this.decide(permission, options?.credentials),
      ),
    );

  private async decide(
    permission: Permission,
    credentials: unknown,
  ): Promise<PolicyDecision> {
    const { principal } = credentials as {
      principal: { userEntityRef: string };
    };
    const person = [...demoPeople.values()].find(
      ({ userEntityRef }) => userEntityRef === principal.userEntityRef,
    );
    return this.policy.handle(
      { permission },
      person && {
        credentials: {
          $$type: '@backstage/BackstageCredentials',
          principal,
        },
        info: {
          userEntityRef: person.userEntityRef,
          ownershipEntityRefs: [person.userEntityRef, person.teamEntityRef],
        },
      },
    );
  }
}
