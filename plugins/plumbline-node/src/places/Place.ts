import { InputError } from '@backstage/errors';

/**
 * Where a file lies that an operator named: on the back end's machine, or at a URL that Backstage may read.
 *
 * @public
 */
export type Place = { path: string } | { url: string };

/**
 * The URL of a configuration.
 *
 * @param key - where it stands, for messages
 * @throws InputError when it is none of HTTP, or holds a user or a password
 * @public
 */
export function toUrlPlace(text: string, key: string): { url: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `${key} is no URL such as https://files.example.com/metrics.csv`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${key} holds a user or a password; take them out. Credentials of Git hosts and buckets belong under 'integrations'; a file of another server that asks for a password must be put where Backstage may read it, or on this machine`,
    );
  }
  return { url: text };
}

/**
 * What people may read of a place: a path, or host and path of a URL, whose query may hold a signature.
 *
 * @public
 */
export function nameOfPlace(place: Place): string {
  return 'path' in place ? place.path : nameOfUrl(place.url);
}

/** A text without the parts of URLs that may be secret. @internal */
export function withoutSecrets(text: string): string {
  return text.replace(/https?:\/\/[^\s'"<>]+/g, nameOfUrl);
}

function nameOfUrl(text: string): string {
  if (!URL.canParse(text)) {
    return 'a URL';
  }
  const { host, pathname } = new URL(text);
  return host + pathname;
}
