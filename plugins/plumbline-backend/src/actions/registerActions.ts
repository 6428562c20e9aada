import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CostService } from '../cost';
import type { PortfolioService } from '../cost/portfolio';
import { registerGetEntityCost } from './getEntityCost';
import { registerGetPortfolio } from './getPortfolio';

/** Registers the actions that assistants may take. @internal */
export function registerActions(
  registry: ActionsRegistryService,
  services: {
    auditor: AuditorService;
    costs: CostService;
    portfolio: PortfolioService;
  },
): void {
  registerGetEntityCost(registry, services);
  registerGetPortfolio(registry, services);
}
