import { InputError } from '@backstage/errors';
import type { TagFilter } from './UnallocatedService';

/**
 * Reads `key=value`, `key=` (lacks it), `=` (no tag at all) or `=*` (any).
 *
 * @throws InputError when it has another form
 * @internal
 */
export function parseTagFilter(text: string): TagFilter {
  const at = text.indexOf('=');
  if (at < 0) {
    throw new InputError(
      `'tag' (${text}) is written key=value, or key= for what lacks the tag`,
    );
  }
  const value = text.slice(at + 1);
  const key = decodeKey(text.slice(0, at));
  if (key !== '') {
    return { key, value: value || undefined };
  }
  if (value !== '' && value !== '*') {
    throw new InputError(
      `'tag' (${text}) names no key; '=' alone means no tag at all, '=*' any`,
    );
  }
  return value === '' ? 'none' : 'any';
}

/** Writes what {@link parseTagFilter} reads. @internal */
export function tagFilterText(tag: TagFilter): string {
  if (tag === 'none' || tag === 'any') {
    return tag === 'none' ? '=' : '=*';
  }
  const key = tag.key.replaceAll('%', '%25').replaceAll('=', '%3D');
  return `${key}=${tag.value ?? ''}`;
}

function decodeKey(text: string): string {
  return text.replace(/%(25|3D)/gi, code => (code === '%25' ? '%' : '='));
}
