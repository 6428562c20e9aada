import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { PlumblineStatus } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineAdminPermission } from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityAuthorizer } from '../permissions';
import type { StatusService } from './StatusService';

/**
 * Shows the state to administrators.
 *
 * @internal
 */
export class AuthorizedStatusService implements StatusService {
  readonly #inner: StatusService;
  readonly #authorizer: EntityAuthorizer;

  private constructor(inner: StatusService, authorizer: EntityAuthorizer) {
    this.#inner = inner;
    this.#authorizer = authorizer;
  }

  static create(options: {
    inner: StatusService;
    authorizer: EntityAuthorizer;
  }): AuthorizedStatusService {
    return new AuthorizedStatusService(options.inner, options.authorizer);
  }

  /** @throws NotAllowedError when the caller is no administrator. */
  async getStatus(request: {
    credentials: BackstageCredentials;
  }): Promise<PlumblineStatus> {
    await this.#authorizer.assertAllowed(
      plumblineAdminPermission,
      request.credentials,
    );
    return this.#inner.getStatus(request);
  }
}
