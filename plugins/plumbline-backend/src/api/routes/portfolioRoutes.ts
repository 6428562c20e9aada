import { audited } from '../audited';
import type { PortfolioService } from '../../cost/portfolio';
import { parsePortfolioQuery } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** What everything costs that the caller may read. @internal */
export function addPortfolioRoutes(
  router: PlumblineRouter,
  {
    auditor,
    httpAuth,
    portfolio,
  }: RouteServices & { portfolio: PortfolioService },
): void {
  router.get('/v1/portfolio', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = parsePortfolioQuery(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'portfolio-fetch', request, meta: { by: query.by } },
      () => portfolio.getPortfolio({ query, credentials }),
    );
    response.json(answer);
  });
}
