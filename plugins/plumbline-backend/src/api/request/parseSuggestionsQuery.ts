import { InputError } from '@backstage/errors';
import type { SuggestionConfidence } from '@plumbline/backstage-plugin-plumbline-common';
import type { SuggestionsRequest } from '../../bindings/suggestions';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/**
 * @throws InputError when the limit is out of range.
 * @internal
 */
export function parseSuggestionsQuery(query: {
  confidence?: SuggestionConfidence;
  account?: string;
  cursor?: string;
  limit?: string;
}): SuggestionsRequest {
  const { confidence, account, cursor } = query;
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  return {
    ...(confidence && { confidence }),
    ...(account !== undefined && { account }),
    offset: Number(cursor ?? 0),
    limit,
  };
}
