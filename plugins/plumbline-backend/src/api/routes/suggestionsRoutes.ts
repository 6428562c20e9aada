import { audited } from '../audited';
import type { ProposalService } from '../../bindings/proposals';
import type { SuggestionService } from '../../bindings/suggestions';
import { parseProposalBody, parseSuggestionsQuery } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** Suggested bindings, and what accepting them would change. @internal */
export function addSuggestionsRoutes(
  router: PlumblineRouter,
  {
    auditor,
    httpAuth,
    suggestions,
    proposals,
  }: RouteServices & {
    suggestions: SuggestionService;
    proposals: ProposalService;
  },
): void {
  router.get('/v1/binding-suggestions', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = parseSuggestionsQuery(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'suggestions-fetch', request },
      () => suggestions.getSuggestions({ ...query, credentials }),
    );
    response.json(answer);
  });

  router.post('/v1/binding-proposals/preview', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const suggestionIds = parseProposalBody(request.body);
    const answer = await audited(
      auditor,
      {
        eventId: 'proposal-preview',
        severityLevel: 'medium',
        request,
        meta: { suggestions: suggestionIds.length },
      },
      () => proposals.preview({ suggestionIds, credentials }),
    );
    response.json(answer);
  });
}
