import type { Entity } from '@backstage/catalog-model';
import { listOf, malformed } from './listOf';
import type { ExtractedClaims } from './types';

/**
 * Reads an annotation as a selector, `key=value,key=value`: all of them must be there. A value may hold further `=`.
 *
 * @param tagOf - the tag of a resource that a key stands for
 */
export function selectorOf(
  entity: Entity,
  annotation: string,
  tagOf: (key: string) => string = key => key,
): ExtractedClaims {
  const { values, unresolved } = listOf(entity, annotation);
  const pairs = values.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return at < 0
      ? [pair, '']
      : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  // One unreadable pair spoils the whole: without it the selector would take more than was meant.
  const broken = pairs.findIndex(([key, value]) => !key || !value);
  if (broken >= 0 || unresolved.length > 0 || pairs.length === 0) {
    return {
      claims: [],
      unresolved: [
        ...unresolved,
        ...(broken >= 0
          ? [
              malformed(
                annotation,
                values[broken],
                'A selector is written key=value,key=value with neither side empty; nothing is selected until it is.',
              ),
            ]
          : []),
      ],
    };
  }
  return {
    claims: [
      {
        kind: 'tag-selector',
        annotation,
        value: values.join(','),
        tags: pairs.map(([key, value]) => [tagOf(key), value]),
      },
    ],
    unresolved: [],
  };
}
