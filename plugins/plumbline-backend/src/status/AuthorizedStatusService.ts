import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  PlumblineStatus,
  SourceDetails,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineAdminPermission } from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityAuthorizer } from '../permissions';
import type { SourceChange, StatusService } from './StatusService';

/**
 * Shows the state to administrators, and lets them alone change it.
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

  /** @throws NotAllowedError when the caller is no administrator. */
  async changeSource(request: {
    sourceId: string;
    change: SourceChange;
    credentials: BackstageCredentials;
  }): Promise<SourceDetails> {
    await this.#authorizer.assertAllowed(
      plumblineAdminPermission,
      request.credentials,
    );
    return this.#inner.changeSource(request);
  }
}
