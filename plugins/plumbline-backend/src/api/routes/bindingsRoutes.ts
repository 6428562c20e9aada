import { audited } from '../audited';
import type { BindingService } from '../../bindings/service';
import { parseBindingsPage, parsePathEntity } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** Which resources and repositories belong to an entity. @internal */
export function addBindingsRoutes(
  router: PlumblineRouter,
  { auditor, httpAuth, bindings }: RouteServices & { bindings: BindingService },
): void {
  router.get(
    '/v1/entities/:kind/:namespace/:name/bindings',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const entityRef = parsePathEntity(request.params);
      const page = parseBindingsPage(request.query);
      const answer = await audited(
        auditor,
        { eventId: 'bindings-fetch', request, meta: { entityRef } },
        () => bindings.getBindings({ entityRef, ...page, credentials }),
      );
      response.json(answer);
    },
  );
}
