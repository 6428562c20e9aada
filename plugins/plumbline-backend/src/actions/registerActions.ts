import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CostService } from '../cost';
import { registerGetEntityCost } from './getEntityCost';

/** Registers the actions that assistants may take. @internal */
export function registerActions(
  registry: ActionsRegistryService,
  services: { costs: CostService },
): void {
  registerGetEntityCost(registry, services.costs);
}
