import { InputError } from '@backstage/errors';

/** Ids in the database are 32-bit integers. */
const MAX_ID = 2_147_483_647;

/**
 * Ids of the suggestions to preview, each once.
 *
 * @throws InputError when one is none that was ever given.
 * @internal
 */
export function parseProposalBody(body: { suggestionIds: string[] }): number[] {
  const ids = [...new Set(body.suggestionIds)].map(Number);
  const wrong = ids.findIndex(id => !Number.isInteger(id) || id > MAX_ID);
  if (wrong >= 0) {
    throw new InputError(
      `'suggestionIds' holds '${body.suggestionIds[wrong]}', which is the id of no suggestion`,
    );
  }
  return ids;
}
