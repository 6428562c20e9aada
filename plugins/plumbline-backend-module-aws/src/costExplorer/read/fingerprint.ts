import { createHash } from 'node:crypto';

const CLOSED = ':closed';

/**
 * Stands for the content of a month, and tells whether it was closed when it was read.
 *
 * @internal
 */
export function fingerprintOf(content: unknown, closed: boolean): string {
  const hash = createHash('sha256').update(JSON.stringify(content));
  return `${hash.digest('hex')}${closed ? CLOSED : ''}`;
}

/** @internal */
export function isClosed(fingerprint: string | undefined): boolean {
  return fingerprint?.endsWith(CLOSED) ?? false;
}
