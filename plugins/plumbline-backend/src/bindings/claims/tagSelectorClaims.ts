import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { listOf, malformed } from './listOf';
import type { ClaimKind } from './types';

const annotation = ANNOTATIONS.costInsightsTags;

/** Resources by tags, `key=value,key=value`: all of them must be there. A value may hold further `=`. */
export const tagSelectorClaims: ClaimKind = {
  extract(entity) {
    const { values, unresolved } = listOf(entity, annotation);
    const tags = values.map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return at < 0
        ? [pair, '']
        : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    });
    // One unreadable pair spoils the whole: without it the selector would take more than was meant.
    const broken = tags.findIndex(([key, value]) => !key || !value);
    if (broken >= 0 || unresolved.length > 0 || tags.length === 0) {
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
        { kind: 'tag-selector', annotation, value: values.join(','), tags },
      ],
      unresolved: [],
    };
  },
};
