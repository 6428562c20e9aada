import { audited } from '../audited';
import type { SourceChange, StatusService } from '../../status';
import type { PlumblineRouter, RouteServices } from './types';

/** How the sources are doing, and what administrators do to them. @internal */
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

  const changes: [path: `/v1/sources/:id/${SourceChange}`, SourceChange][] = [
    ['/v1/sources/:id/pause', 'pause'],
    ['/v1/sources/:id/resume', 'resume'],
    ['/v1/sources/:id/collect', 'collect'],
  ];
  for (const [path, change] of changes) {
    router.post(path, async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const sourceId = request.params.id;
      const answer = await audited(
        auditor,
        {
          eventId: `source-${change}`,
          severityLevel: 'medium',
          request,
          meta: { sourceId },
        },
        () => status.changeSource({ sourceId, change, credentials }),
      );
      response.json(answer);
    });
  }
}
