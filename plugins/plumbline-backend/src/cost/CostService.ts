import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CostBasis,
  CostGroupBy,
  CostHeadline,
  EntityCosts,
  EntityRef,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityFilter, EntityRecord } from '../permissions';
import type { DayWindow } from './CostStore';

/** A cost query whose parts were checked and filled in. @internal */
export interface ParsedCostQuery {
  window: DayWindow;
  granularity: 'day' | 'month';
  groupBy: CostGroupBy;
  basis: CostBasis;
  scope: 'own' | 'with-dependencies';
  environment?: string;
}

/** @internal */
export interface CostsRequest {
  entityRef: EntityRef;
  query: ParsedCostQuery;
  credentials: BackstageCredentials;
  /** The entity, where whoever asks has read it already. */
  entity?: EntityRecord;
  /** Only these members and dependencies are counted; all where absent. */
  readable?: EntityFilter;
}

/** @internal */
export interface CostHeadlinesRequest {
  entities: readonly EntityRecord[];
  /** Only these members are counted; all where absent. */
  readable?: EntityFilter;
}

/** What entities cost. @internal */
export interface CostService {
  /** @throws NotFoundError when there is no such entity, or its kind has no costs. */
  getCosts(request: CostsRequest): Promise<EntityCosts>;
}

/** The cost cards' headlines; who asks has authorised the caller. @internal */
export interface CostHeadlineService {
  /** By entity, for those that have one. */
  getHeadlines(
    request: CostHeadlinesRequest,
  ): Promise<ReadonlyMap<EntityRef, CostHeadline>>;
}

/** How the sources are doing, from their ledger. @internal */
export interface SourceStatuses {
  getStatuses(): Promise<SourceStatus[]>;
}
