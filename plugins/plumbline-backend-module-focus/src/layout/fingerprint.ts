import { createHash } from 'node:crypto';
import type { ExportFile } from '../storage/ExportStorage';
import { monthNumber, monthOfNumber } from './month';

/** Raised when the same files would be read differently, so that they are read again. */
const READER = 1;

/**
 * Changes whenever one of the files does.
 *
 * @internal
 */
export function fingerprintOf(files: ExportFile[]): string {
  const hash = createHash('sha256').update(`reader ${READER}`);
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const file of sorted) {
    hash.update(JSON.stringify([file.name, file.size, file.version]));
  }
  return hash.digest('hex');
}

/**
 * A fingerprint that also says which months the files hold, so that files whose names tell no month
 * need not be read again to learn it: `<hash>/<first month>/<one hexadecimal bit a month>`.
 *
 * @internal
 */
export function withMonths(fingerprint: string, months: string[]): string {
  const numbers = months.map(monthNumber);
  const first = Math.min(...numbers);
  const bits = numbers.reduce(
    (sum, number) => sum | (1n << BigInt(number - first)),
    0n,
  );
  return `${fingerprint}/${monthOfNumber(first)}/${bits.toString(16)}`;
}

/**
 * The months that {@link withMonths} put into a fingerprint.
 *
 * @returns undefined when the fingerprint is of other files
 * @internal
 */
export function monthsWithin(
  published: string,
  fingerprint: string,
): string[] | undefined {
  const [hash, first, bits] = published.split('/');
  if (hash !== fingerprint || !first || !bits) {
    return undefined;
  }
  const months: string[] = [];
  const base = monthNumber(first);
  for (let rest = BigInt(`0x${bits}`), i = 0; rest > 0n; rest >>= 1n, i++) {
    if (rest & 1n) {
      months.push(monthOfNumber(base + i));
    }
  }
  return months;
}
