import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { decide } from './decide';
import type { PlumblinePolicyOptions } from './decide';

/**
 * People see the entities that they or their groups own. A portal's own policy asks it about `plumbline.*`;
 * it denies everything else.
 *
 * @public
 */
export class OwnersOnlyPolicy implements PermissionPolicy {
  readonly #admins: string[];

  private constructor(admins: string[]) {
    this.#admins = admins;
  }

  static create(options: PlumblinePolicyOptions): OwnersOnlyPolicy {
    return new OwnersOnlyPolicy(options.admins);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    return decide(request, user, this.#admins, () => 'owned');
  }
}
