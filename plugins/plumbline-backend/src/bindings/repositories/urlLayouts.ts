import { normalizePath } from './paths';

interface Place {
  repository: string;
  ref?: string;
  path: string;
}

/** How one type of Git host writes the addresses of files and folders. */
interface UrlLayout {
  parse(url: URL): Place | undefined;
  /** The address of a file in the root of the default branch. */
  rootFile(origin: string, repository: string, file: string): string;
}

/** Layouts by the type of the Backstage integration. */
export const urlLayouts: Record<string, UrlLayout | undefined> = {
  github: {
    parse: url =>
      match(url, /^([^/]+\/[^/]+)(?:\/(?:blob|tree|raw|edit)\/([^/]+)(.*))?$/),
    rootFile: (origin, repository, file) =>
      `${origin}/${repository}/blob/HEAD/${file}`,
  },
  gitlab: {
    parse: url =>
      match(
        url,
        /^((?:[^/]+\/)+?[^/]+?)(?:\/(?:-\/)?(?:blob|tree|raw|edit)\/([^/]+)(.*))?$/,
      ),
    rootFile: (origin, repository, file) =>
      `${origin}/${repository}/-/blob/HEAD/${file}`,
  },
  gitea: {
    parse: url =>
      match(
        url,
        /^([^/]+\/[^/]+)(?:\/(?:src|raw|_edit)\/(?:branch|tag|commit)\/([^/]+)(.*))?$/,
      ),
    rootFile: (origin, repository, file) =>
      `${origin}/${repository}/src/branch/HEAD/${file}`,
  },
  bitbucketCloud: {
    parse: url => match(url, /^([^/]+\/[^/]+)(?:\/(?:src|raw)\/([^/]+)(.*))?$/),
    rootFile: (origin, repository, file) =>
      `${origin}/${repository}/src/HEAD/${file}`,
  },
  azure: {
    parse: url => {
      const place = match(url, /^((?:[^/]+\/)*_git\/[^/]+)$/);
      const path = normalizePath(
        (url.searchParams.get('path') ?? '').replace(/^\//, ''),
      );
      return place && path !== undefined
        ? {
            ...place,
            path,
            ref: url.searchParams.get('version')?.replace(/^GB/, '') ?? 'HEAD',
          }
        : undefined;
    },
    rootFile: (origin, repository, file) =>
      `${origin}/${repository}?path=/${file}`,
  },
};

function match(url: URL, pattern: RegExp): Place | undefined {
  let pathname: string;
  try {
    pathname = decodeURIComponent(url.pathname);
  } catch {
    // A malformed escape: the address leads nowhere, and the caller says so.
    return undefined;
  }
  const found = pattern.exec(pathname.replace(/^\/+|\/+$/g, ''));
  const path = normalizePath((found?.[3] ?? '').replace(/^\/+/, ''));
  // Letters that merely look like others would give two repositories one key.
  const isPlain = found && /^[ -~]+$/.test(found[1]);
  return isPlain && path !== undefined && !/(^|\/)\.\.?(\/|$)/.test(found[1])
    ? { repository: found[1].replace(/\.git$/, ''), ref: found[2], path }
    : undefined;
}
