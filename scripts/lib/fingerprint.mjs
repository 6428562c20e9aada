import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

const SKIPPED = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  '.cache',
]);

/**
 * A hash of the names and contents of files; folders are walked, what is missing counts as absent.
 *
 * @param {string} base what the names are relative to
 * @param {string[]} entries files and folders, relative to `base`
 */
export async function fingerprint(base, entries) {
  const files = (await Promise.all(entries.map(entry => filesOf(base, entry))))
    .flat()
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(await readFile(path.join(base, file)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

async function filesOf(base, entry) {
  const stats = await stat(path.join(base, entry)).catch(() => undefined);
  if (!stats) {
    return [];
  }
  if (stats.isFile()) {
    return [entry];
  }
  const children = await readdir(path.join(base, entry));
  const kept = children.filter(
    child => !SKIPPED.has(child) && !child.includes('.test.'),
  );
  return (
    await Promise.all(kept.map(child => filesOf(base, `${entry}/${child}`)))
  ).flat();
}

/**
 * Does work unless it was done for the same fingerprint before.
 *
 * @param {string} stampFile remembers the fingerprint of the last success
 * @param {string} print
 * @param {{ isThere: () => Promise<boolean>, work: () => Promise<string | void> }} options
 *   `isThere` tells whether the result still exists
 * @returns {Promise<string | void>} 'unchanged', or what the work answered
 */
export async function unlessUnchanged(stampFile, print, { isThere, work }) {
  const stamp = await readFile(stampFile, 'utf8').catch(() => undefined);
  if (stamp === print && (await isThere())) {
    return 'unchanged';
  }
  const outcome = await work();
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, print);
  return outcome;
}

export async function exists(file) {
  return Boolean(await stat(file).catch(() => undefined));
}
