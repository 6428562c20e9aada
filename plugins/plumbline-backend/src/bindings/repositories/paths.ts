/**
 * Writes a path inside a repository in one way: no slashes at its ends, no `.`, no closing `**`; empty for the
 * whole repository.
 *
 * @returns undefined for a path that leaves the repository, is absolute, or holds what no path should
 */
export function normalizePath(path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\\') || /\p{Cc}/u.test(path)) {
    return undefined;
  }
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  if (parts.includes('..')) {
    return undefined;
  }
  if (parts[parts.length - 1] === '**') {
    parts.pop();
  }
  return parts.some(part => part.includes('*')) ? undefined : parts.join('/');
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The folder of a path, and every folder above it up to the repository's root. */
export function foldersAbove(path: string): string[] {
  const parts = path === '' ? [] : path.split('/');
  return Array.from({ length: parts.length + 1 }, (_, count) =>
    parts.slice(0, parts.length - count).join('/'),
  );
}
