import { isPermission } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import { decide, isAmong } from './decide';
import type { PlumblinePolicyOptions } from './decide';

/** @public */
export interface OwnersAndFinOpsPolicyOptions extends PlumblinePolicyOptions {
  /** Users or groups that see what every entity costs. */
  finOps: string[];
}

/**
 * People see the entities that they or their groups own; FinOps see the cost of all. A portal's own policy
 * asks it about `plumbline.*`; it denies everything else.
 *
 * @public
 */
export class OwnersAndFinOpsPolicy implements PermissionPolicy {
  readonly #admins: string[];
  readonly #finOps: string[];

  private constructor(admins: string[], finOps: string[]) {
    this.#admins = admins;
    this.#finOps = finOps;
  }

  static create(options: OwnersAndFinOpsPolicyOptions): OwnersAndFinOpsPolicy {
    return new OwnersAndFinOpsPolicy(options.admins, options.finOps);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const isCost = isPermission(
      request.permission,
      plumblineCostReadPermission,
    );
    return decide(request, user, this.#admins, person =>
      isCost && isAmong(person, this.#finOps) ? 'all' : 'owned',
    );
  }
}
