import { ConflictError, InputError } from '@backstage/errors';
import type { Claim } from '@plumbline/backstage-plugin-plumbline-common';
import {
  UNALLOCATED_ENTITY_ID,
  type PlumblineDatabase,
} from '../../../database';
import type { EntityRecord } from '../../../permissions';
import { CoverageStore } from '../../CoverageStore';
import { BucketStore } from '../BucketStore';
import type { ClaimsPage, ClaimStep, ParsedProposal } from './ClaimService';
import { ClaimStore, UNDECIDED } from './ClaimStore';
import type { ClaimViewer, StoredClaim } from './ClaimStore';
import { instructionsFor } from './instructions';

/** So many resources one claim may name. */
const MAX_RESOURCES = 10_000;
/** So many of them are shown. */
const SHOWN = 20;
/** More than these are never listed in an annotation. */
const NAMED = 51;

/** Who looks at claims. @internal */
export interface ClaimCaller extends ClaimViewer {
  admin: boolean;
}

/**
 * Claims out of the database, for whoever asks; see {@link AuthorizedClaimService}.
 *
 * @internal
 */
export class DefaultClaimService {
  readonly #store: ClaimStore;
  readonly #buckets: BucketStore;
  readonly #coverage: CoverageStore;
  readonly #ownershipTag: string;

  private constructor(options: {
    database: PlumblineDatabase;
    ownershipTag: string;
    now?: () => Date;
  }) {
    this.#store = ClaimStore.create(options);
    this.#buckets = BucketStore.create(options);
    this.#coverage = CoverageStore.create(options);
    this.#ownershipTag = options.ownershipTag;
  }

  static create(options: {
    database: PlumblineDatabase;
    ownershipTag: string;
    now?: () => Date;
  }): DefaultClaimService {
    return new DefaultClaimService(options);
  }

  async propose(
    proposal: ParsedProposal,
    entity: EntityRecord,
    caller: ClaimCaller,
  ): Promise<Claim> {
    const id = await this.#store.propose({
      entityId: entity.id,
      resourceIds: await this.#claimable(proposal),
      proposedBy: caller.user,
      note: proposal.note,
      ...('filters' in proposal.resources && {
        filters: proposal.resources.filters,
      }),
    });
    const claim = await this.#store.get(id, undefined);
    const [shown] = await this.show(claim ? [claim] : [], caller);
    return shown;
  }

  async get(id: number, caller: ClaimCaller): Promise<StoredClaim | undefined> {
    return this.#store.get(id, viewerOf(caller));
  }

  async list(page: ClaimsPage, caller: ClaimCaller): Promise<StoredClaim[]> {
    return this.#store.list(viewerOf(caller), page);
  }

  /** @throws ConflictError when the claim has ended, or was decided already */
  async take(step: ClaimStep, caller: ClaimCaller): Promise<void> {
    const from = step.to === 'accepted' ? (['open'] as const) : UNDECIDED;
    const taken = await this.#store.add(
      { claim: step.id, state: step.to, actor: caller.user, note: step.note },
      from,
    );
    if (!taken) {
      throw new ConflictError(
        `The claim can't be ${step.to} any more; load it again to see what became of it`,
      );
    }
  }

  /** Claims as they are answered. */
  async show(
    claims: readonly StoredClaim[],
    caller: ClaimCaller,
  ): Promise<Claim[]> {
    const ids = claims.map(({ id }) => id);
    const [events, progress] = await Promise.all([
      this.#store.events(ids),
      this.#store.progress(ids),
    ]);
    return Promise.all(
      claims.map(async (claim): Promise<Claim> => {
        const undecided = UNDECIDED.includes(claim.state);
        const labels = await this.#labelsOf(claim.id);
        const counts = progress.get(claim.id);
        return {
          id: String(claim.id),
          entityRef: claim.entityRef,
          state: claim.state,
          proposedBy: claim.proposedBy,
          proposedAt: claim.proposedAt.toISOString(),
          ...(claim.note && { note: claim.note }),
          ...(claim.filters && { filters: claim.filters }),
          resourceCount: counts?.resources ?? 0,
          boundCount: counts?.bound ?? 0,
          resources: labels.slice(0, SHOWN).map(resource => ({
            id: resource.nativeId,
            label:
              resource.name ??
              (resource.nativeId ||
                `Charges of account ${resource.accountId} without a resource`),
            accountId: resource.accountId,
          })),
          events: events
            .filter(event => event.claim === claim.id)
            .map(({ state, actor, note, at }) => ({
              state,
              ...(actor && { by: actor }),
              ...(note && { note }),
              at: at.toISOString(),
            })),
          ...(undecided && {
            instructions: instructionsFor({
              ...claim,
              ownershipTag: this.#ownershipTag,
              resourceIds: labels.map(({ nativeId }) => nativeId),
            }),
          }),
          may: {
            withdraw: undecided && claim.proposedBy === caller.user,
            decide:
              claim.state === 'open' &&
              caller.admin &&
              claim.proposedBy !== caller.user,
          },
        };
      }),
    );
  }

  async #labelsOf(claim: number) {
    const ids = await this.#store.resourceIds(claim, NAMED);
    const labels = await this.#coverage.getResourceLabels(ids);
    return ids.flatMap(id => labels.get(id) ?? []);
  }

  /** The resources that are meant: each unallocated in the window, and still now. */
  async #claimable({ resources, window }: ParsedProposal): Promise<number[]> {
    const chosen = 'ids' in resources ? resources.ids : undefined;
    const found = await this.#buckets.listResources(
      {
        bucketId: UNALLOCATED_ENTITY_ID,
        basis: 'effective',
        windows: { asked: window },
        filter: 'filter' in resources ? resources.filter : {},
      },
      { limit: MAX_RESOURCES + 1, ids: chosen },
    );
    if (found.length > MAX_RESOURCES) {
      throw new InputError(
        `A claim may name ${MAX_RESOURCES} resources at most; choose a narrower part`,
      );
    }
    const free = await this.#store.unallocated(found);
    if (free.length === 0 || (chosen && free.length < chosen.length)) {
      throw new InputError(
        'Not all of these resources are unallocated now; load the page again to see which are',
      );
    }
    return free;
  }
}

/** Administrators see everybody's. */
function viewerOf(caller: ClaimCaller): ClaimViewer | undefined {
  return caller.admin ? undefined : caller;
}
