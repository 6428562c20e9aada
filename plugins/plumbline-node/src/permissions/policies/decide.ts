import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  plumblineAdminPermission,
  RESOURCE_TYPE_PLUMBLINE_ENTITY,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
} from '../conditions';

/** What every ready policy must know. @public */
export interface PlumblinePolicyOptions {
  /** Users or groups that see the state of sources (`plumbline.admin`); nobody where empty. */
  admins: string[];
}

const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };

/** Whether the user is one of, or in one of, the given users and groups. @internal */
export function isAmong(user: PolicyQueryUser, members: string[]): boolean {
  const claims = user.info.ownershipEntityRefs.map(ref =>
    ref.toLocaleLowerCase('en-US'),
  );
  return members.some(member =>
    claims.includes(member.toLocaleLowerCase('en-US')),
  );
}

/**
 * What all ready policies agree on: nobody without an identity, administration to administrators, and
 * nothing that is not Plumbline's. The rest is up to `decideOnEntities`.
 *
 * @internal
 */
export function decide(
  { permission }: PolicyQuery,
  user: PolicyQueryUser | undefined,
  admins: string[],
  decideOnEntities: (user: PolicyQueryUser) => 'all' | 'owned',
): PolicyDecision {
  if (!user) {
    return deny;
  }
  if (isPermission(permission, plumblineAdminPermission)) {
    return isAmong(user, admins) ? allow : deny;
  }
  if (!isResourcePermission(permission, RESOURCE_TYPE_PLUMBLINE_ENTITY)) {
    return deny;
  }
  if (decideOnEntities(user) === 'all') {
    return allow;
  }
  return createPlumblineConditionalDecision(
    permission,
    plumblineConditions.isEntityOwner({
      claims: user.info.ownershipEntityRefs,
    }),
  );
}
