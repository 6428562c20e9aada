import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  plumblineCostReadPermission,
  type BucketName,
  type TagKeys,
  type UnallocatedCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityAuthorizer, EntityStore } from '../../permissions';
import type {
  BucketSelection,
  ParsedUnallocatedQuery,
  UnallocatedRequest,
  UnallocatedService,
} from './UnallocatedService';

/**
 * The same answer for a bucket that is not the caller's as for an address that is not there.
 *
 * @internal
 */
export function noSuchBucket(): NotFoundError {
  return new NotFoundError('There is nothing here that you may see');
}

/**
 * Shows a bucket to those who may read its cost.
 *
 * @internal
 */
export class AuthorizedUnallocatedService implements UnallocatedService {
  readonly #inner: UnallocatedService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;

  private constructor(
    inner: UnallocatedService,
    authorizer: EntityAuthorizer,
    entities: EntityStore,
  ) {
    this.#inner = inner;
    this.#authorizer = authorizer;
    this.#entities = entities;
  }

  static create(options: {
    inner: UnallocatedService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
  }): AuthorizedUnallocatedService {
    return new AuthorizedUnallocatedService(
      options.inner,
      options.authorizer,
      options.entities,
    );
  }

  async getCosts(
    request: UnallocatedRequest<ParsedUnallocatedQuery>,
  ): Promise<UnallocatedCosts> {
    await this.#assertVisible(request.query.bucket, request.credentials);
    return this.#inner.getCosts(request);
  }

  async getTagKeys(
    request: UnallocatedRequest<BucketSelection>,
  ): Promise<TagKeys> {
    await this.#assertVisible(request.query.bucket, request.credentials);
    return this.#inner.getTagKeys(request);
  }

  async #assertVisible(
    bucket: BucketName,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [rights, buckets] = await Promise.all([
      this.#authorizer.getRights([plumblineCostReadPermission], credentials),
      this.#entities.getBuckets(),
    ]);
    if (!rights.allows(plumblineCostReadPermission, buckets[bucket])) {
      throw noSuchBucket();
    }
  }
}
