import { InputError } from '@backstage/errors';

/** Which page of bindings. @internal */
export interface BindingsPage {
  cursor?: string;
  limit: number;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;
/** Ids in the database are 32-bit integers. */
const MAX_ID = 2_147_483_647;

/**
 * @throws InputError when the limit is out of range, or the cursor is none that was ever given.
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
  const { cursor } = query;
  if (cursor !== undefined && Number(cursor.split(':').at(-1)) > MAX_ID) {
    throw new InputError(
      `'cursor' (${cursor}) is none of this list; take nextCursor of the page before`,
    );
  }
  return { limit, ...(query.cursor !== undefined && { cursor: query.cursor }) };
}
