import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ProposalPreview } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineAdminPermission } from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityAuthorizer } from '../../permissions';
import type { ProposalService } from './ProposalService';

/**
 * Previews for administrators.
 *
 * @internal
 */
export class AuthorizedProposalService implements ProposalService {
  readonly #inner: ProposalService;
  readonly #authorizer: EntityAuthorizer;

  private constructor(inner: ProposalService, authorizer: EntityAuthorizer) {
    this.#inner = inner;
    this.#authorizer = authorizer;
  }

  static create(options: {
    inner: ProposalService;
    authorizer: EntityAuthorizer;
  }): AuthorizedProposalService {
    return new AuthorizedProposalService(options.inner, options.authorizer);
  }

  /** @throws NotAllowedError when the caller is no administrator. */
  async preview(request: {
    suggestionIds: readonly number[];
    credentials: BackstageCredentials;
  }): Promise<ProposalPreview> {
    await this.#authorizer.assertAllowed(
      plumblineAdminPermission,
      request.credentials,
    );
    return this.#inner.preview(request);
  }
}
