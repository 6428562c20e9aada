import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { isError, NotAllowedError } from '@backstage/errors';
import type { Reconciliation } from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityAuthorizer, EntityStore } from '../../permissions';
import type {
  EnterInvoiceRequest,
  ReconcileRequest,
  ReconcileService,
} from './ReconcileService';

/**
 * Shows bills as a whole to whoever may read all costs: a total with some entities left out matches no invoice.
 * Invoices are entered by administrators and by whoever the buckets belong to, who close the books.
 *
 * @internal
 */
export class AuthorizedReconcileService implements ReconcileService {
  readonly #inner: ReconcileService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #userInfo: UserInfoService;

  private constructor(
    inner: ReconcileService,
    authorizer: EntityAuthorizer,
    entities: EntityStore,
    userInfo: UserInfoService,
  ) {
    this.#inner = inner;
    this.#authorizer = authorizer;
    this.#entities = entities;
    this.#userInfo = userInfo;
  }

  static create(options: {
    inner: ReconcileService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    userInfo: UserInfoService;
  }): AuthorizedReconcileService {
    return new AuthorizedReconcileService(
      options.inner,
      options.authorizer,
      options.entities,
      options.userInfo,
    );
  }

  /** @throws NotAllowedError when the caller may not read every cost. */
  async getReconciliation(request: ReconcileRequest): Promise<Reconciliation> {
    await this.#assertSeesAll(request.credentials);
    const [reconciliation, mayEnter] = await Promise.all([
      this.#inner.getReconciliation(request),
      this.#mayEnter(request.credentials),
    ]);
    return { ...reconciliation, mayEnter };
  }

  /** @throws NotAllowedError when the caller may not read every cost, or may not enter invoices. */
  async enterInvoice(request: EnterInvoiceRequest): Promise<void> {
    await this.#assertSeesAll(request.credentials);
    if (!(await this.#mayEnter(request.credentials))) {
      throw new NotAllowedError(
        `Invoices are entered by whoever has the permission '${plumblineAdminPermission.name}', and by members of the group in plumbline.buckets.owner`,
      );
    }
    await this.#inner.enterInvoice(request);
  }

  async #assertSeesAll(credentials: BackstageCredentials): Promise<void> {
    const rights = await this.#authorizer.getRights(
      [plumblineCostReadPermission],
      credentials,
    );
    if (rights.filter(plumblineCostReadPermission) !== undefined) {
      throw new NotAllowedError(
        `This needs the right to see all costs: '${plumblineCostReadPermission.name}' without a condition. Ask an administrator of this portal for it`,
      );
    }
  }

  async #mayEnter(credentials: BackstageCredentials): Promise<boolean> {
    const { unallocated } = await this.#entities.getBuckets();
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    if (
      unallocated.ownerRef !== undefined &&
      ownershipEntityRefs.includes(unallocated.ownerRef)
    ) {
      return true;
    }
    try {
      await this.#authorizer.assertAllowed(
        plumblineAdminPermission,
        credentials,
      );
      return true;
    } catch (error) {
      if (isError(error) && error.name === 'NotAllowedError') {
        return false;
      }
      throw error;
    }
  }
}
