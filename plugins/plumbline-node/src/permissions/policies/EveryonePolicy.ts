import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { decide } from './decide';
import type { PlumblinePolicyOptions } from './decide';

/**
 * Every signed-in person sees every entity. A portal's own policy asks it about `plumbline.*`; it denies
 * everything else.
 *
 * @public
 */
export class EveryonePolicy implements PermissionPolicy {
  readonly #admins: string[];

  private constructor(admins: string[]) {
    this.#admins = admins;
  }

  static create(options: PlumblinePolicyOptions): EveryonePolicy {
    return new EveryonePolicy(options.admins);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    return decide(request, user, this.#admins, () => 'all');
  }
}
