import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

/** Lets everybody do everything in the portal, but for what Plumbline's own policy decides. */
export class PortalPolicy implements PermissionPolicy {
  readonly #plumbline: PermissionPolicy;

  private constructor(plumbline: PermissionPolicy) {
    this.#plumbline = plumbline;
  }

  static create(options: { plumbline: PermissionPolicy }): PortalPolicy {
    return new PortalPolicy(options.plumbline);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    return request.permission.name.startsWith('plumbline.')
      ? this.#plumbline.handle(request, user)
      : { result: AuthorizeResult.ALLOW };
  }
}
