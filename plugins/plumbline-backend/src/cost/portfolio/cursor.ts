import { createHash } from 'node:crypto';
import { ConflictError, InputError } from '@backstage/errors';
import type { LivePartition } from '../CostStore';

/** A word that stands for the data that is live: pages of two are not to be put together. @internal */
export function versionOf(partitions: readonly LivePartition[]): string {
  return createHash('sha256')
    .update(partitions.map(({ entityGeneration }) => entityGeneration).join())
    .digest('hex')
    .slice(0, 16);
}

/** Where the page after so many rows begins. @internal */
export function cursorAt(offset: number, version: string): string {
  return `${offset}-${version}`;
}

/**
 * How many rows the pages before had.
 *
 * @throws InputError when the cursor is none
 * @throws ConflictError when the bill has changed since it was given
 * @internal
 */
export function offsetOf(cursor: string | undefined, version: string): number {
  if (cursor === undefined) {
    return 0;
  }
  const [, offset, given] = /^(\d{1,9})-([0-9a-f]{16})$/.exec(cursor) ?? [];
  if (offset === undefined) {
    throw new InputError(
      `'cursor' (${cursor}) is none of this list; take nextCursor of the page before`,
    );
  }
  if (given !== version) {
    throw new ConflictError(
      'The bill has changed since the first page was read; begin with the first page again',
    );
  }
  return Number(offset);
}
