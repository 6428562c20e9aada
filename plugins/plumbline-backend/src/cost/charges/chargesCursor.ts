import { createHash } from 'node:crypto';
import { ConflictError, InputError } from '@backstage/errors';

/** Where the rows of a page end: the generation, and the key of its last row. @internal */
export interface ChargePosition {
  generation: number;
  /** Resource, day, service and kind of charge. */
  key: [number, number, number, number];
}

/** What tells the generations that a figure is read from. @internal */
export interface ReadGenerations {
  resourceGeneration: number | null;
  entityGeneration: number;
}

/**
 * A cursor that holds only while the same generations are live: pages of two bills do not add up.
 *
 * @internal
 */
export function encodeCursor(
  { generation, key }: ChargePosition,
  generations: readonly ReadGenerations[],
): string {
  return Buffer.from(
    JSON.stringify([digestOf(generations), generation, ...key]),
  ).toString('base64url');
}

/**
 * @throws InputError when it is no cursor of charges
 * @throws ConflictError when other generations are live now
 * @internal
 */
export function decodeCursor(
  cursor: string,
  generations: readonly ReadGenerations[],
): ChargePosition {
  const [digest, generation, ...key] = parse(cursor);
  if (digest !== digestOf(generations)) {
    throw new ConflictError(
      'The bill was replaced while it was being read, so the pages before no longer fit. Start again with the first page.',
    );
  }
  return { generation, key: key as ChargePosition['key'] };
}

function parse(cursor: string): [string, number, ...number[]] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    // Whatever it is, it is not ours: said below.
  }
  if (
    !Array.isArray(parts) ||
    parts.length !== 6 ||
    typeof parts[0] !== 'string' ||
    !parts.slice(1).every(Number.isSafeInteger)
  ) {
    throw new InputError(
      "'cursor' is none of this list; take nextCursor of the page before",
    );
  }
  return parts as [string, number, ...number[]];
}

function digestOf(generations: readonly ReadGenerations[]): string {
  return createHash('sha256')
    .update(
      JSON.stringify(
        generations.map(({ resourceGeneration, entityGeneration }) => [
          resourceGeneration,
          entityGeneration,
        ]),
      ),
    )
    .digest('base64url')
    .slice(0, 16);
}
