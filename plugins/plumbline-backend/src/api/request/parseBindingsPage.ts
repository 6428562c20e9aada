import { InputError } from '@backstage/errors';

/** Which page of bindings. @internal */
export interface BindingsPage {
  cursor?: string;
  limit: number;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;

/**
 * @throws InputError when the limit is out of range.
 * @internal
 */
export function parseBindingsPage(query: {
  cursor?: string;
  limit?: string;
}): BindingsPage {
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  return { limit, ...(query.cursor !== undefined && { cursor: query.cursor }) };
}
