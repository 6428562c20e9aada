import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express from 'express';
import type { Router } from 'express';
import type { ProposalService } from '../bindings/proposals';
import type { BindingService } from '../bindings/service';
import type { SuggestionService } from '../bindings/suggestions';
import type { CostService } from '../cost';
import type { CoverageService } from '../cost/coverage';
import type { BudgetService } from '../cost/budgets';
import type { ChargesService } from '../cost/charges';
import type { StatementService } from '../cost/statements';
import type { PortfolioService } from '../cost/portfolio';
import type { ReconcileService } from '../cost/reconcile';
import type { UnallocatedService } from '../cost/unallocated';
import type { ClaimService } from '../cost/unallocated/claims';
import type { OverviewService } from '../overview';
import type { StatusService } from '../status';
import { spec } from './openapi';
import {
  addBindingsRoutes,
  addBudgetsRoutes,
  addChargesRoutes,
  addCostsRoutes,
  addCoverageRoutes,
  addOverviewRoutes,
  addStatementsRoutes,
  addPortfolioRoutes,
  addReconcileRoutes,
  addStatusRoutes,
  addClaimsRoutes,
  addUnallocatedRoutes,
  addSuggestionsRoutes,
} from './routes';
import type { RouteServices } from './routes';

/** @internal */
export interface RouterOptions extends RouteServices {
  overviews: OverviewService;
  costs: CostService;
  charges: ChargesService;
  portfolio: PortfolioService;
  reconcile: ReconcileService;
  bindings: BindingService;
  budgets: BudgetService;
  statements: StatementService;
  status: StatusService;
  coverage: CoverageService;
  unallocated: UnallocatedService;
  claims: ClaimService;
  suggestions: SuggestionService;
  proposals: ProposalService;
}

/** The HTTP API: validated by its document, which it serves as `/openapi.json`. @internal */
export function createRouter(options: RouterOptions): Router {
  const router = createValidatedOpenApiRouter(spec, {
    middleware: [express.json({ limit: '200kb' })],
    validatorOptions: {
      validateRequests: {
        coerceTypes: false,
        allowUnknownQueryParameters: false,
      },
      validateResponses: true,
    },
  });
  addOverviewRoutes(router, options);
  addCostsRoutes(router, options);
  addChargesRoutes(router, options);
  addPortfolioRoutes(router, options);
  addBindingsRoutes(router, options);
  addBudgetsRoutes(router, options);
  addStatementsRoutes(router, options);
  addReconcileRoutes(router, options);
  addStatusRoutes(router, options);
  addCoverageRoutes(router, options);
  addUnallocatedRoutes(router, options);
  addClaimsRoutes(router, options);
  addSuggestionsRoutes(router, options);
  return router;
}
