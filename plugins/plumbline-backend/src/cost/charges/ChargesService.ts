import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CostBasis,
  EntityCharges,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityFilter, EntityRecord } from '../../permissions';
import type { DayWindow } from '../CostStore';

/** A query for charges whose parts were checked and filled in. @internal */
export interface ParsedChargesQuery {
  window: DayWindow;
  currency: string;
  basis: CostBasis;
  scope: 'own' | 'with-dependencies';
  environment?: string;
  service?: string;
  resource?: string;
  category?: string;
  cursor?: string;
  limit: number;
}

/** @internal */
export interface ChargesRequest {
  entityRef: EntityRef;
  query: ParsedChargesQuery;
  credentials: BackstageCredentials;
  /** The entity, where whoever asks has read it already. */
  entity?: EntityRecord;
  /** Only these members and dependencies are counted; all where absent. */
  readable?: EntityFilter;
}

/** What figures are made of. @internal */
export interface ChargesService {
  /**
   * @throws NotFoundError when there is no such entity, or its kind has no costs.
   * @throws ConflictError when the bill was replaced since the page before.
   */
  getCharges(request: ChargesRequest): Promise<EntityCharges>;
}
