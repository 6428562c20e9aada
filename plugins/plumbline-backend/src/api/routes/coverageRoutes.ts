import { audited } from '../audited';
import type { CoverageService } from '../../cost/coverage';
import { parseCoverageQuery } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** How much of each account belongs to entities. @internal */
export function addCoverageRoutes(
  router: PlumblineRouter,
  {
    auditor,
    httpAuth,
    coverage,
  }: RouteServices & { coverage: CoverageService },
): void {
  router.get('/v1/coverage', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = parseCoverageQuery(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'coverage-fetch', request },
      () => coverage.getCoverage({ ...query, credentials }),
    );
    response.json(answer);
  });
}
