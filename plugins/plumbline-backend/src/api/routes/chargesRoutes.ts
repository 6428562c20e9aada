import { audited } from '../audited';
import type { ChargesService } from '../../cost/charges';
import { parseChargesQuery, parsePathEntity } from '../request';
import type { ChargesParameters } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** What an entity's figures are made of. @internal */
export function addChargesRoutes(
  router: PlumblineRouter,
  { auditor, httpAuth, charges }: RouteServices & { charges: ChargesService },
): void {
  router.get(
    '/v1/entities/:kind/:namespace/:name/charges',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const entityRef = parsePathEntity(request.params);
      // The document's types give up beyond a dozen parameters; what it demands was checked all the same.
      const query = parseChargesQuery(request.query as ChargesParameters);
      const answer = await audited(
        auditor,
        { eventId: 'charges-fetch', request, meta: { entityRef } },
        () => charges.getCharges({ entityRef, query, credentials }),
      );
      response.json(answer);
    },
  );
}
