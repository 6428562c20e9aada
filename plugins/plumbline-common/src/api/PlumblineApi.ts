import type { EntityRef } from '../entityRef';
import type { EntityBindings } from './bindings';
import type { CostQuery, EntityCosts } from './costs';
import type { EntityOverview } from './headline';
import type { PlumblineStatus } from './status';

/** Options of every call. @public */
export interface RequestOptions {
  signal?: AbortSignal;
}

/**
 * Plumbline's HTTP API (`/api/plumbline`) as methods.
 *
 * @public
 */
export interface PlumblineApi {
  /** The four cards' headlines. @throws ResponseError with status 404 where the entity is not there or not the caller's. */
  getOverview(
    entityRef: EntityRef,
    options?: RequestOptions,
  ): Promise<EntityOverview>;
  /** Headlines of up to 200 entities; those the caller may not read are left out. */
  getOverviews(
    entityRefs: EntityRef[],
    options?: RequestOptions,
  ): Promise<{ items: EntityOverview[] }>;
  getCosts(
    entityRef: EntityRef,
    query: CostQuery,
    options?: RequestOptions,
  ): Promise<EntityCosts>;
  getBindings(
    entityRef: EntityRef,
    query?: { cursor?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<EntityBindings>;
  getStatus(options?: RequestOptions): Promise<PlumblineStatus>;
}
