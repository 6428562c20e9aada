import { audited } from '../audited';
import type { StatusService } from '../../status';
import type { PlumblineRouter, RouteServices } from './types';

/** How the sources are doing. @internal */
export function addStatusRoutes(
  router: PlumblineRouter,
  { auditor, httpAuth, status }: RouteServices & { status: StatusService },
): void {
  router.get('/v1/status', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const answer = await audited(
      auditor,
      { eventId: 'status-fetch', request },
      () => status.getStatus({ credentials }),
    );
    response.json(answer);
  });
}
