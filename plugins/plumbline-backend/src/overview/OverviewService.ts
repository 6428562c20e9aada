import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EntityOverview,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityFilter } from '../permissions';

/** What a card is about. @internal */
export type Domain = 'cost' | 'drift' | 'policy' | 'provenance';

/** @internal */
export interface OverviewsRequest {
  entityRefs: readonly EntityRef[];
  credentials: BackstageCredentials;
  /** Only these domains of each entity; all where absent. */
  domains?: ReadonlyMap<EntityRef, ReadonlySet<Domain>>;
  /** Only the cost of these members is counted; all where absent. */
  readable?: EntityFilter;
}

/** The four cards' headlines of entities. @internal */
export interface OverviewService {
  /** In the order asked for; entities that are not there, or have no card, are left out. */
  getOverviews(request: OverviewsRequest): Promise<EntityOverview[]>;
}
