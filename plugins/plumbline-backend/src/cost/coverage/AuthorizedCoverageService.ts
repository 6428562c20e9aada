import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Coverage } from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import { readsEverything, type EntityAuthorizer } from '../../permissions';
import type { CoverageRequest, CoverageService } from './CoverageService';
import type { DefaultCoverageService } from './DefaultCoverageService';

/**
 * Shows coverage to administrators: amounts to those who may read the cost of everything, counts of resources
 * to the others. An account's total is what its entities, shared and unallocated cost add up to, so that less
 * than all would tell the rest.
 *
 * @internal
 */
export class AuthorizedCoverageService implements CoverageService {
  readonly #inner: DefaultCoverageService;
  readonly #authorizer: EntityAuthorizer;

  private constructor(
    inner: DefaultCoverageService,
    authorizer: EntityAuthorizer,
  ) {
    this.#inner = inner;
    this.#authorizer = authorizer;
  }

  static create(options: {
    inner: DefaultCoverageService;
    authorizer: EntityAuthorizer;
  }): AuthorizedCoverageService {
    return new AuthorizedCoverageService(options.inner, options.authorizer);
  }

  /** @throws NotAllowedError when the caller is no administrator. */
  async getCoverage(
    request: CoverageRequest & { credentials: BackstageCredentials },
  ): Promise<Coverage> {
    const { credentials, ...rest } = request;
    await this.#authorizer.assertAllowed(plumblineAdminPermission, credentials);
    const rights = await this.#authorizer.getRights(
      [plumblineCostReadPermission],
      credentials,
    );
    return this.#inner.getCoverage({
      ...rest,
      amountsVisible: readsEverything(rights, plumblineCostReadPermission),
    });
  }
}
