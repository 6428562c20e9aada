import { audited } from '../audited';
import type { CostService } from '../../cost';
import { parseCostQuery, parsePathEntity } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** What an entity costs. @internal */
export function addCostsRoutes(
  router: PlumblineRouter,
  { auditor, httpAuth, costs }: RouteServices & { costs: CostService },
): void {
  router.get(
    '/v1/entities/:kind/:namespace/:name/costs',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const entityRef = parsePathEntity(request.params);
      const query = parseCostQuery(request.query);
      const answer = await audited(
        auditor,
        { eventId: 'costs-fetch', request, meta: { entityRef } },
        () => costs.getCosts({ entityRef, query, credentials }),
      );
      response.json(answer);
    },
  );
}
