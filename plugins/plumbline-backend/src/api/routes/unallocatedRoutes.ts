import { audited } from '../audited';
import type { UnallocatedService } from '../../cost/unallocated';
import { parseBucketSelection, parseUnallocatedQuery } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** What cost that belongs to no entity consists of. @internal */
export function addUnallocatedRoutes(
  router: PlumblineRouter,
  {
    auditor,
    httpAuth,
    unallocated,
  }: RouteServices & { unallocated: UnallocatedService },
): void {
  router.get('/v1/unallocated', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = parseUnallocatedQuery(request.query);
    const answer = await audited(
      auditor,
      {
        eventId: 'unallocated-fetch',
        request,
        meta: { bucket: query.bucket, groupBy: query.groupBy },
      },
      () => unallocated.getCosts({ query, credentials }),
    );
    response.json(answer);
  });

  router.get('/v1/unallocated/tag-keys', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = parseBucketSelection(request.query);
    const answer = await audited(
      auditor,
      {
        eventId: 'unallocated-tag-keys-fetch',
        request,
        meta: { bucket: query.bucket },
      },
      () => unallocated.getTagKeys({ query, credentials }),
    );
    response.json(answer);
  });
}
