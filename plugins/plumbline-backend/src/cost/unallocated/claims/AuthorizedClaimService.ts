import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
  type Claim,
  type Claims,
} from '@plumbline/backstage-plugin-plumbline-common';
import { noSuchEntity } from '../../../permissions';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../../../permissions';
import { hasCosts, isRollup } from '../../CountedEntities';
import { noSuchBucket } from '../AuthorizedUnallocatedService';
import type {
  ClaimsPage,
  ClaimService,
  ClaimStep,
  ParsedProposal,
} from './ClaimService';
import type { ClaimCaller, DefaultClaimService } from './DefaultClaimService';

/**
 * Lets people claim what they see for what they own, and administrators decide. Claims carry no figures.
 *
 * @internal
 */
export class AuthorizedClaimService implements ClaimService {
  readonly #inner: DefaultClaimService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;
  readonly #userInfo: UserInfoService;

  private constructor(options: {
    inner: DefaultClaimService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
    userInfo: UserInfoService;
  }) {
    this.#inner = options.inner;
    this.#authorizer = options.authorizer;
    this.#entities = options.entities;
    this.#names = options.names;
    this.#userInfo = options.userInfo;
  }

  static create(options: {
    inner: DefaultClaimService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
    userInfo: UserInfoService;
  }): AuthorizedClaimService {
    return new AuthorizedClaimService(options);
  }

  async propose({
    proposal,
    credentials,
  }: {
    proposal: ParsedProposal;
    credentials: BackstageCredentials;
  }): Promise<Claim> {
    const { entityRef } = proposal;
    const [rights, buckets, entity, shown] = await Promise.all([
      this.#authorizer.getRights([plumblineCostReadPermission], credentials),
      this.#entities.getBuckets(),
      this.#entities.getByRef(entityRef),
      this.#names.getVisible([entityRef], credentials),
    ]);
    if (!rights.allows(plumblineCostReadPermission, buckets.unallocated)) {
      throw noSuchBucket();
    }
    if (
      !entity ||
      !shown.has(entityRef) ||
      !rights.allows(plumblineCostReadPermission, entity)
    ) {
      throw noSuchEntity(entityRef);
    }
    if (!hasCosts(entity.kind) || isRollup(entity.kind)) {
      throw new InputError(
        `'${entityRef}' has no cost of its own; claim for a Component or a Resource`,
      );
    }
    const caller = await this.#caller(credentials);
    const owns =
      entity.ownerRef !== undefined &&
      caller.ownership.includes(entity.ownerRef);
    if (!owns && !caller.admin) {
      throw new NotAllowedError(
        `Only an owner of '${entityRef}' or an administrator may claim for it`,
      );
    }
    return this.#inner.propose(proposal, entity, caller);
  }

  async list({
    page,
    credentials,
  }: {
    page: ClaimsPage;
    credentials: BackstageCredentials;
  }): Promise<Claims> {
    const caller = await this.#caller(credentials);
    const found = await this.#inner.list(
      { ...page, limit: page.limit + 1 },
      caller,
    );
    const onPage = found.slice(0, page.limit);
    const visible = await this.#names.getVisible(
      onPage.map(({ entityRef }) => entityRef),
      credentials,
    );
    const items = await this.#inner.show(
      onPage.filter(({ entityRef }) => visible.has(entityRef)),
      caller,
    );
    const last = onPage.at(-1);
    return {
      items,
      ...(found.length > page.limit && last && { nextCursor: String(last.id) }),
    };
  }

  async take({
    step,
    credentials,
  }: {
    step: ClaimStep;
    credentials: BackstageCredentials;
  }): Promise<Claim> {
    const caller = await this.#caller(credentials);
    const claim = await this.#visibleClaim(step.id, caller, credentials);
    if (step.to === 'withdrawn') {
      if (claim.proposedBy !== caller.user) {
        throw new NotAllowedError('Only its author may withdraw a claim');
      }
    } else if (!caller.admin) {
      throw new NotAllowedError(
        `You need the permission '${plumblineAdminPermission.name}' to decide on a claim`,
      );
    } else if (claim.proposedBy === caller.user) {
      throw new NotAllowedError(
        'Nobody decides on a claim of their own; ask another administrator, or withdraw it',
      );
    }
    await this.#inner.take(step, caller);
    const [shown] = await this.#inner.show(
      [await this.#visibleClaim(step.id, caller, credentials)],
      caller,
    );
    return shown;
  }

  async #visibleClaim(
    id: number,
    caller: ClaimCaller,
    credentials: BackstageCredentials,
  ) {
    const claim = await this.#inner.get(id, caller);
    const visible = await this.#names.getVisible(
      claim ? [claim.entityRef] : [],
      credentials,
    );
    if (!claim || !visible.has(claim.entityRef)) {
      throw new NotFoundError(`There is no claim '${id}' that you may see`);
    }
    return claim;
  }

  async #caller(credentials: BackstageCredentials): Promise<ClaimCaller> {
    const admin = await this.#authorizer.isAllowed(
      plumblineAdminPermission,
      credentials,
    );
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(
        credentials as BackstageCredentials<BackstageUserPrincipal>,
      );
    const lower = (ref: string) => ref.toLocaleLowerCase('en-US');
    return {
      user: lower(userEntityRef),
      ownership: ownershipEntityRefs.map(lower),
      admin,
    };
  }
}
