import { audited } from '../audited';
import { noSuchEntity } from '../../permissions';
import type { OverviewService } from '../../overview';
import { parseOverviewsBody, parsePathEntity } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** The four cards' headlines, of one entity and of many. @internal */
export function addOverviewRoutes(
  router: PlumblineRouter,
  {
    auditor,
    httpAuth,
    overviews,
  }: RouteServices & { overviews: OverviewService },
): void {
  router.get(
    '/v1/entities/:kind/:namespace/:name/overview',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const entityRef = parsePathEntity(request.params);
      const overview = await audited(
        auditor,
        { eventId: 'overview-fetch', request, meta: { entityRef } },
        async () => {
          const [found] = await overviews.getOverviews({
            entityRefs: [entityRef],
            credentials,
          });
          if (!found) {
            throw noSuchEntity(entityRef);
          }
          return found;
        },
      );
      // So little takes longer to compress than to send.
      response.set('Cache-Control', 'private, no-transform').json(overview);
    },
  );

  router.post('/v1/overviews', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const entityRefs = parseOverviewsBody(request.body);
    const items = await audited(
      auditor,
      {
        eventId: 'overviews-fetch',
        request,
        meta: { entities: entityRefs.length },
      },
      () => overviews.getOverviews({ entityRefs, credentials }),
    );
    response.json({ items });
  });
}
