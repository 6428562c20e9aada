import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { CostSource } from './CostSource';
import type { UsageSource } from './UsageSource';

/**
 * Where modules register their sources.
 *
 * @public
 */
export interface PlumblineSourcesExtensionPoint {
  /** @throws ConflictError when a source of the same id is there already. */
  addCostSource(source: CostSource): void;
  /** @throws ConflictError when a source of the same id is there already. */
  addUsageSource(source: UsageSource): void;
}

/** @public */
export const plumblineSourcesExtensionPoint =
  createExtensionPoint<PlumblineSourcesExtensionPoint>({
    id: 'plumbline.sources',
  });
