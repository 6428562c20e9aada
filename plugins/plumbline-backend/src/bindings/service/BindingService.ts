import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EntityBindings,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';

/** @internal */
export interface BindingsRequest {
  entityRef: EntityRef;
  /** Of the page before. */
  cursor?: string;
  /** How many on a page. */
  limit: number;
  credentials: BackstageCredentials;
}

/** What belongs to an entity, and what proves it. @internal */
export interface BindingService {
  /**
   * @throws NotFoundError when there is no such entity
   * @throws InputError when the cursor is none of its own
   */
  getBindings(request: BindingsRequest): Promise<EntityBindings>;
}
