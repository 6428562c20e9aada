import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EntityOverview,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityFilter, EntityRecord } from '../permissions';

/** What a card is about. @internal */
export type Domain = (typeof DOMAINS)[number];

/** Every card. @internal */
export const DOMAINS = ['cost', 'drift', 'policy', 'provenance'] as const;

/** @internal */
export interface OverviewsRequest {
  entityRefs: readonly EntityRef[];
  credentials: BackstageCredentials;
}

/** The four cards' headlines of entities. @internal */
export interface OverviewService {
  /** In the order asked for; entities that are not there, or have no card, are left out. */
  getOverviews(request: OverviewsRequest): Promise<EntityOverview[]>;
}

/** An entity, and what of it is to be shown. @internal */
export interface DescribedEntity {
  entity: EntityRecord;
  domains: ReadonlySet<Domain>;
}

/** Describes entities that were read already; who asks has authorised the caller. @internal */
export interface OverviewDescriber {
  /**
   * In the order given, without those that have no card.
   *
   * @param readable - only the cost of these members is counted; all where undefined
   */
  describe(
    entities: readonly DescribedEntity[],
    readable: EntityFilter,
  ): Promise<EntityOverview[]>;
}
