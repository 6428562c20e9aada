import { audited } from '../audited';
import type { ClaimService } from '../../cost/unallocated/claims';
import { parseClaimProposal, parseClaimsPage } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** Proposals that resources nobody has belong to an entity. @internal */
export function addClaimsRoutes(
  router: PlumblineRouter,
  { auditor, httpAuth, claims }: RouteServices & { claims: ClaimService },
): void {
  router.get('/v1/claims', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const page = parseClaimsPage(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'claims-fetch', request },
      () => claims.list({ page, credentials }),
    );
    response.json(answer);
  });

  router.post('/v1/claims', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const proposal = parseClaimProposal(request.body);
    const answer = await audited(
      auditor,
      {
        eventId: 'claim-propose',
        severityLevel: 'medium',
        request,
        meta: { entityRef: proposal.entityRef },
      },
      () => claims.propose({ proposal, credentials }),
    );
    response.json(answer);
  });

  router.post('/v1/claims/:id/decision', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const id = Number(request.params.id);
    const { decision: to, note } = request.body;
    const answer = await audited(
      auditor,
      {
        eventId: 'claim-decide',
        severityLevel: 'medium',
        request,
        meta: { id, decision: to },
      },
      () => claims.take({ step: { id, to, note }, credentials }),
    );
    response.json(answer);
  });

  router.post('/v1/claims/:id/withdrawal', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const id = Number(request.params.id);
    const { note } = request.body;
    const answer = await audited(
      auditor,
      {
        eventId: 'claim-withdraw',
        severityLevel: 'medium',
        request,
        meta: { id },
      },
      () => claims.take({ step: { id, to: 'withdrawn', note }, credentials }),
    );
    response.json(answer);
  });
}
