import { audited } from '../audited';
import type { BudgetService } from '../../cost/budgets';
import { parseBudgetsQuery } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** Budgets, and how they stand. @internal */
export function addBudgetsRoutes(
  router: PlumblineRouter,
  { auditor, httpAuth, budgets }: RouteServices & { budgets: BudgetService },
): void {
  router.get('/v1/budgets', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = parseBudgetsQuery(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'budgets-fetch', request },
      () => budgets.listBudgets({ query, credentials }),
    );
    response.json(answer);
  });
}
