import { createHash } from 'node:crypto';
import type { ExportFile } from '../storage/ExportStorage';
import { monthNumber, monthOfNumber } from './month';

/** Raised when the same files would be read differently, so that they are read again. */
const READER = 3;

/**
 * Changes whenever one of the files does, and says how many they are and how large: `<hash>.<files>.<bytes>`.
 *
 * @internal
 */
export function fingerprintOf(files: ExportFile[]): string {
  const hash = createHash('sha256').update(`reader ${READER}`);
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const file of sorted) {
    hash.update(JSON.stringify([file.name, file.size, file.version]));
  }
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  return `${hash.digest('hex')}.${files.length}.${bytes}`;
}

/**
 * How many files a fingerprint was made of, and how large they were together.
 *
 * @returns undefined when it does not say so
 * @internal
 */
export function extentOf(
  fingerprint: string,
): { files: number; bytes: number } | undefined {
  const [, files, bytes] = /^[^./]+\.(\d+)\.(\d+)/.exec(fingerprint) ?? [];
  return bytes === undefined
    ? undefined
    : { files: Number(files), bytes: Number(bytes) };
}

/**
 * A fingerprint that also says which months the files hold, so that files whose names tell no month
 * need not be read again to learn it: `<fingerprint>/<first month>/<one hexadecimal bit a month>`.
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
